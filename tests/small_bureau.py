"""A small bureau for tests: the office, two units and everybody whom the two flows need."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy import Engine, select, text

from oa_client.domain.flow import Command
from oa_client.store import engine as engines
from oa_client.store import scram
from oa_client.store import unit as transactions
from oa_client.store.access_tables import Post
from oa_client.store.guard import guarded
from oa_client.store.tables import Account, RoleGrant, Unit
from oa_client.store.work_tables import Fact
from oa_client.usecases import acting, drafting, intake, reaching, setting_up, signing_in, viewing
from oa_client.usecases.desk import Desk, local
from oa_client.usecases.directory import actor_of, reading_keys
from oa_client.usecases.writing import Target
from tests import templates

PASSWORD, FILE = "Wenshu-2026-ok", "sqlite:///"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
VERIFIER = scram.verifier(PASSWORD)
UNITS = (("office", "BGS", "办公室", "office", "云公办"), ("criminal", "XZD", "刑侦支队", "division", "云公刑"), ("traffic", "JJD", "交警支队", "division", "云公交"))
PEOPLE = (
    ("100101", "江承岳", "root", "局长", (("chief", "root"),)), ("100102", "陆知远", "root", "副局长", (("deputy", "root"),)),
    ("110001", "苏明禾", "office", "收发员", (("clerk", "root"), ("clerk", "office"))),
    ("110002", "何予安", "office", "收发员", (("clerk", "root"),)),
    ("110003", "许文谦", "office", "核稿员", (("reviewer", "root"), ("reviewer", "office"))),
    ("110004", "叶静秋", "office", "档案员", (("archivist", "root"), ("archivist", "office"))),
    ("110005", "方致和", "office", "主任", (("chief", "office"),)),
    ("120001", "韩立川", "criminal", "支队长", (("chief", "criminal"),)), ("120002", "白沐阳", "criminal", "内勤", (("clerk", "criminal"), ("reviewer", "criminal"))),
    ("120003", "程以恒", "criminal", "民警", ()), ("120004", "沈嘉木", "criminal", "档案员", (("archivist", "criminal"),)),
    ("120009", "乔书言", "criminal", "单位管理员", (("unit_admin", "criminal"),)),
    ("130001", "罗长风", "traffic", "支队长", (("chief", "traffic"),)), ("130002", "温若水", "traffic", "内勤", (("clerk", "traffic"), ("archivist", "traffic"))),
    ("130003", "顾南星", "traffic", "民警", ()), ("100901", "管系统", "root", "系统管理员", (("sys_admin", "root"),)),
    ("100902", "管系二", "root", "系统管理员", (("sys_admin", "root"),)), ("100903", "安全之", "root", "安全保密管理员", (("sec_admin", "root"),)),
    ("100904", "审计然", "root", "安全审计员", (("audit_admin", "root"),)), ("110009", "谷知微", "office", "单位管理员", (("unit_admin", "office"),)),
)


POSTS = (("root", "chief", "局长"), ("root", "deputy", "副局长"), ("office", "chief", "主任"), ("criminal", "chief", "支队长"), ("criminal", "deputy", "副支队长"), ("traffic", "chief", "支队长"))


@dataclass
class Bureau:
    """The bureau and short ways to act in it."""

    engine: Engine
    url: str
    units: dict[str, int]
    own: dict[str, Engine] = field(default_factory=dict)
    opened: list[Engine] = field(default_factory=list)
    at: datetime = field(default_factory=lambda: datetime(2026, 11, 16, 1, 0, tzinfo=UTC))

    @classmethod
    def make(cls, url: str) -> "Bureau":
        """Set the database up and fill it; a data file is copied from one that was filled before."""
        if url.startswith(FILE):
            filled, units = templates.data_file(_fill)
            shutil.copyfile(filled, url.removeprefix(FILE))
        else:
            templates.with_tables(url)
            units = _fill(url)
        return cls(reaching.open_database(url), url, dict(units))

    def now(self) -> datetime:
        """A clock that moves on by a minute each time it is asked; a server goes by its own."""
        if guarded(self.engine):
            return datetime.now(UTC)
        self.at += timedelta(minutes=1)
        return self.at

    def desk(self, login: str) -> Desk:
        """An officer's desk; on a server with the officer's own login."""
        with transactions.look(self.engine) as session:
            account = session.scalars(select(Account).where(Account.login == login)).one()
            return Desk(self.engine_of(login), actor_of(session, account, local(self.now()).date()), self.now, "测试终端")

    def engine_of(self, login: str) -> Engine:
        """The engine that an officer works on."""
        if not guarded(self.engine):
            return self.engine
        if login not in self.own:
            self.own[login] = engines.officers(self.engine, login, PASSWORD)
        return self.own[login]

    def sign_in(self, login: str, password: str = PASSWORD) -> Desk:
        """A desk through the front door; its connections go with the bureau."""
        desk = signing_in.sign_in(self.engine, login, password)
        self.opened.append(desk.engine)
        return desk

    def close(self) -> None:
        """Let every connection go."""
        for engine in (self.engine, *self.own.values(), *self.opened):
            engine.dispose()

    def later(self, days: int) -> str:
        """A day after today, as a form gives it."""
        return (self.now() + timedelta(days=days)).date().isoformat()

    def person(self, login: str) -> str:
        """The principal of an officer."""
        return f"person:{self.desk(login).actor.id}"

    def unit(self, key: str) -> str:
        """The principal of a unit, as a picker gives it."""
        return f"unit:{self.units[key]}"

    def register(self, **changes: object) -> int:
        """An incoming paper registered for the bureau; gives its id."""
        values = {"title": "关于开展冬季治安防控工作的通知", "from_organ": "江北省公安厅", "number": "江公通〔2026〕31号", "organ_id": self.units["root"],
                  "body": "各市公安局：现就冬季治安防控有关事项通知如下。"}
        return intake.register(self.desk("110001"), intake.IntakeForm(**{**values, **changes})).value

    def draft(self, login: str = "110003", **changes: object) -> int:
        """An outgoing draft of the bureau; gives its id."""
        values = {"title": "云岚市公安局关于加强冬季交通安全管理的通知", "organ_id": self.units["root"], "doc_type": "通知", "openness": "主动公开",
                  "body": "各单位：\n一、提高认识\n请认真落实冬季交通安全管理各项措施。\n特此通知。",
                  "targets": (Target("刑侦支队", self.units["criminal"]), Target("交警支队", self.units["traffic"]))}
        return drafting.save(self.desk(login), drafting.DraftForm(**{**values, **changes})).value.document_id

    def act(self, login: str, document_id: int, action: str, opinion: str = "", **more: object) -> int:
        """Press an action on the officer's own to-do for the document."""
        desk = self.desk(login)
        view = viewing.show(desk, document_id)
        task = next(task for task in view.tasks if any(choice.key == action for choice in task.choices))
        command = Command(action, opinion, **more)
        return acting.act(desk, task.id, command, acting.Seen(task.version, view.version)).value


def _fill(url: str) -> dict[str, int]:
    """Set a database up with the bureau; gives the ids of its units."""
    engine = reaching.open_database(url)
    setting_up.create(engine, "云岚市公安局", "100900", "首任管理员")
    with transactions.unit(engine) as session:
        root = session.scalars(select(Unit)).one()
        root.number_codes, root.short, root.code = "云公发 云公通", "市局", "SJU"
        units = {"root": root.id}
        for position, (key, code, name, kind, number_code) in enumerate(UNITS, 1):
            unit = Unit(parent_id=root.id, key=key, code=code, name=f"云岚市公安局{name}", short=name, kind=kind, number_codes=number_code, position=position)
            session.add(unit)
            session.flush()
            units[key] = unit.id
        session.get_one(Fact, "bureau").value = {"fonds": "Z109", "superiors": ["江北省公安厅", "云岚市人民政府"], "direct_superiors": ["江北省公安厅", "云岚市人民政府"]}
        session.add_all(Post(unit_id=units[unit], role=role, title=title) for unit, role, title in POSTS)
        for login, name, unit, post, grants in PEOPLE:
            account = Account(login=login, name=name, unit_id=units[unit], post=post, keys=reading_keys(name), password_hash=HASH, must_change=False,
                              created_at=datetime(2026, 1, 4, tzinfo=UTC))
            session.add(account)
            session.flush()
            for role, scope in grants:
                session.add(RoleGrant(account_id=account.id, role=role, unit_id=units[scope]))
            if guarded(session):
                session.execute(text("SELECT oa.login_make(:login, :verifier)"), {"login": login, "verifier": VERIFIER})
    engine.dispose()
    return units
