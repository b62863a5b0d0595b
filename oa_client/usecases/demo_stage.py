"""Acting the planned papers out through the real use cases (演示办理), every act on its day, in the order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Engine, select

from ..domain.flow import Command
from ..render.plain_files import make_docx, make_ofd, make_pdf
from ..store import unit as transactions
from ..store.tables import Account, Addressee, Document, Unit
from ..store.work_tables import Task
from . import acting, drafting, intake, recalling
from .demo_papers import PlannedPaper, PlannedStep
from .desk import BEIJING, Desk
from .directory import actor_of
from .papers import NewFile
from .rules import calendar
from .writing import Target

_MAKERS = {"docx": make_docx, "pdf": make_pdf, "ofd": make_ofd, "txt": lambda text: text.encode()}
_OPENS, _MINUTES = time(8, 40), 430
PAPER = ""


@dataclass(frozen=True)
class Scene:
    """One act of one paper. `unit` names the receiving unit whose copy it concerns; `step` None begins the paper."""

    at: datetime
    paper: int
    plan: PlannedPaper
    unit: str = PAPER
    step: PlannedStep | None = None


def scenes_of(papers: Iterable[PlannedPaper]) -> list[Scene]:
    """Every act of every paper, in the order of time."""
    found = [scene for number, paper in enumerate(papers) for scene in _scenes(number, paper)]
    return sorted(found, key=lambda scene: scene.at)


def _scenes(number: int, paper: PlannedPaper) -> Iterator[Scene]:
    at = datetime.combine(paper.started_on, _OPENS, BEIJING) + timedelta(minutes=_spread(paper.title))
    yield Scene(at, number, paper)
    sent = at
    for step in paper.walk:
        at = _later(at, step, paper.title)
        sent = at if step.action == "distribute" else sent
        yield Scene(at, number, paper, PAPER, step)
    for receipt in paper.receipts:
        at = sent
        for step in receipt.walk:
            at = _later(at, step, paper.title + receipt.unit)
            yield Scene(at, number, paper, receipt.unit, step)


def _later(at: datetime, step: PlannedStep, words: str) -> datetime:
    """The same day a little later, or another day at some hour."""
    if not step.days_after:
        return at + timedelta(minutes=3 + _spread(words + step.action) % 17)
    return datetime.combine(at.date() + timedelta(days=step.days_after), _OPENS, BEIJING) + timedelta(minutes=_spread(words + step.action))


def _spread(words: str) -> int:
    return sum(ord(char) * place for place, char in enumerate(words, 1)) % _MINUTES


class Stage:
    """The desks on which the scenes are played."""

    def __init__(self, engine: Engine, units: dict[str, int]) -> None:
        self._engine, self._units = engine, units
        self._at = datetime.now(BEIJING)
        self._desks: dict[str, Desk] = {}
        self._papers: dict[tuple[int, str], int] = {}
        with transactions.look(engine) as session:
            self._accounts = {account.login: account.id for account in session.scalars(select(Account))}
            self._shorts = {unit.key: unit.short for unit in session.scalars(select(Unit))}
            self._days = calendar(session)

    def play(self, scene: Scene) -> None:
        """Play one scene: begin the paper, or take the step."""
        self._at = scene.at
        if scene.step is None:
            begin = self._register if scene.plan.kind == "receive" else self._draft
            self._papers[scene.paper, PAPER] = begin(scene.plan)
            return
        key = (scene.paper, scene.unit)
        self._step(self._papers[key], scene.step)
        if scene.step.action == "distribute":
            self._note_copies(scene.paper)

    def _desk(self, login: str) -> Desk:
        if login not in self._desks:
            with transactions.look(self._engine) as session:
                actor = actor_of(session, session.get_one(Account, self._accounts[login]))
            self._desks[login] = Desk(self._engine, actor, lambda: self._at, "演示")
        return self._desks[login]

    def _register(self, plan: PlannedPaper) -> int:
        received = plan.received_on or plan.doc_date
        due = self._days.add_working_days(received, plan.due).due if plan.due else None
        files = tuple(_file(item, "original" if at == 0 else "attachment") for at, item in enumerate(plan.attachments))
        main = "、".join("市公安局" if key == "root" else self._shorts[key] for key in plan.main_to)
        form = intake.IntakeForm(plan.title, plan.from_organ, plan.from_number, plan.doc_date, received, "", plan.urgency, plan.doc_type, main,
                                 plan.nature, 1, due, plan.body, self._units[plan.organ], files, repeat_known=True)
        return intake.register(self._desk(plan.by), form).value

    def _draft(self, plan: PlannedPaper) -> int:
        targets = [Target(self._shorts[key], self._units[key]) for key in plan.main_to] + [Target(name) for name in plan.external]
        targets += [Target(self._shorts[key], self._units[key], False) for key in plan.copy_to] + [Target(name, None, False) for name in plan.external_copy]
        files = tuple(_file(item, "attachment") for item in plan.attachments)
        form = drafting.DraftForm(0, 0, self._units[plan.organ], plan.doc_type, plan.title, plan.body, plan.urgency, plan.openness,
                                  plan.openness_reason, tuple(targets), None, (), files)
        return drafting.save(self._desk(plan.by), form).value.document_id

    def _step(self, document_id: int, step: PlannedStep) -> None:
        desk = self._desk(step.by)
        if step.action == "withdraw":
            recalling.withdraw(desk, document_id, step.opinion)
            return
        with transactions.look(self._engine) as session:
            version = session.get_one(Document, document_id).version
            held = session.scalars(select(Task).where(Task.document_id == document_id, Task.state == "open", Task.step == step.step,
                                                      Task.holder.in_(desk.actor.principals))).first()
        if held is None:
            raise LookupError(f"demo plan: {step.by} holds no {step.step} task of document {document_id}")
        picks = {slot: tuple(self._holder(ref) for ref in refs) for slot, refs in step.picks.items()}
        command = Command(step.action, step.opinion, picks, self._fields(step), step.target)
        acting.act(desk, held.id, command, acting.Seen(held.version, version))

    def _fields(self, step: PlannedStep) -> dict[str, str]:
        """The values as planned; a time limit that the plan let pass before it was set is today's."""
        today = self._at.date().isoformat()
        return {key: max(value, today) if key == "due_on" and value else value for key, value in step.fields.items()}

    def _holder(self, ref: str) -> str:
        kind, _, key = ref.partition(":")
        return f"person:{self._accounts[key]}" if kind == "person" else f"unit:{self._units[key]}"

    def _note_copies(self, paper: int) -> None:
        keys = {unit_id: key for key, unit_id in self._units.items()}
        with transactions.look(self._engine) as session:
            rows = session.execute(select(Addressee.unit_id, Addressee.copy_id).where(
                Addressee.document_id == self._papers[paper, PAPER], Addressee.copy_id.is_not(None)))
            for unit_id, copy_id in rows:
                if unit_id is not None and copy_id is not None:
                    self._papers[paper, keys[unit_id]] = copy_id


def _file(item: tuple[str, str, str], role: str) -> NewFile:
    name, media, text = item
    return NewFile(name, _MAKERS[media](text), role, media, 1, text)
