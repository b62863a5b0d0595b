"""The demo bureau's plan: who there is, what the papers say, and that every walk is one the real engine allows."""

import json
import re
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from oa_client.domain.document_kinds import DocumentKinds
from oa_client.domain.writing_draft import Addressee, Draft, Organ
from oa_client.domain.writing_rules import WritingRules, check
from oa_client.settings import resource
from oa_client.usecases.demo_papers import personas, plan_papers
from oa_client.usecases.demo_people import GUARDIANS, LEADERS, plan_people
from tests.usecases.demo_replay import FLOWS, Replay, World

TODAY = date(2026, 11, 22)
DATA = {file.stem: json.loads(file.read_text("utf-8")) for file in resource("demo").glob("*.json")}
UNITS = {unit["key"]: unit for unit in DATA["bureau"]["units"]}
RULES = {name: json.loads(resource(f"rules/{name}.json").read_text("utf-8")) for name in ("document_types", "openness", "urgency", "writing_rules")}
KINDS = DocumentKinds.from_data(RULES["document_types"], RULES["openness"], RULES["urgency"])
REAL_ORGANS = ("北京", "上海", "广东", "浙江", "江苏", "山东", "四川", "湖北", "深圳", "杭州", "南京", "武汉", "成都", "公安部", "国务院")
STATESMEN = ("近平", "泽东", "小平", "锦涛", "家宝", "克强", "德怀", "少奇")


class Plan:
    def __init__(self, seed):
        self.people = plan_people(DATA, seed)
        self.papers = plan_papers(self.people, DATA, seed, TODAY)
        self.world = World(self.people, DATA)
        self.personas = personas(self.people, DATA)


@pytest.fixture(scope="module", params=[1, 7, 2026])
def plan(request):
    return Plan(request.param)


def holding(plan, role):
    return [person for person in plan.people if role in person.roles]


def direction(paper):
    if paper.kind == "send" and paper.doc_type in ("请示", "报告"):
        return "up"
    usual = KINDS.usual_direction(paper.doc_type)
    return "down" if paper.main_to and "down" in KINDS.type(paper.doc_type).directions else usual


def replays(plan, paper):
    """The paper itself and the copies of its receivers, each played to its end."""
    first = Replay.begin(plan.world, paper.kind, paper.organ, paper.by, "check" if paper.kind == "receive" else "draft", paper.urgency, direction(paper) == "up")
    for step in paper.walk:
        first.act(step)
    yield first, paper.ends_in
    sender = next((step.by for step in paper.walk if step.action == "distribute"), "")
    for receipt in paper.receipts:
        copy = Replay.begin(plan.world, "receive", receipt.unit, sender, "sign_in", paper.urgency, False)
        for step in receipt.walk:
            copy.act(step)
        yield copy, receipt.ends_in


def test_the_bureau_has_31_units_with_codes():
    units = [DATA["bureau"]["root"], *UNITS.values()]
    assert len(UNITS) == 31
    assert all(re.fullmatch("[A-Z]{3}", unit["code"]) for unit in units)
    for key in ("key", "code", "name", "short", "number_code"):
        assert len({unit[key] for unit in units}) == 32, key


def test_the_people_are_counted(plan):
    roles = Counter(role for person in plan.people for role in person.roles)
    leaders = [person for person in plan.people if person.roles & LEADERS]
    assert len(leaders) == 107 and sum(person.unit == "root" for person in leaders) == 9
    assert roles["unit_admin"] == 31 and roles["sys_admin"] == 2 and roles["sec_admin"] in (1, 2) and roles["audit_admin"] in (1, 2)
    assert sum(not person.grants for person in plan.people) >= 200
    assert len({person.login for person in plan.people}) == len(plan.people)
    assert all(re.fullmatch(r"1\d{5}", person.login) for person in plan.people)


def test_each_unit_has_its_desk(plan):
    for unit in ("root", *UNITS):
        held = Counter(role for person in plan.people for role, where in person.grants if where == unit)
        assert held["chief"] == 1 and held["deputy"] >= 2, unit
        wanted = (3, 3, 2) if unit in ("root", "office") else (held["clerk"] if 1 <= held["clerk"] <= 2 else 0, 1, 1)
        assert (held["clerk"], held["reviewer"], held["archivist"]) == wanted, unit
        assert held["unit_admin"] == (unit != "root")


def test_administrators_hold_nothing_else(plan):
    for person in plan.people:
        assert not person.roles & GUARDIANS or len(person.roles) == 1
        assert not {"unit_admin"} & person.roles or person.roles == {"unit_admin"}


def test_names_are_invented_and_namesakes_sit_apart(plan):
    where = defaultdict(set)
    for person in plan.people:
        assert 2 <= len(person.name) <= 4 and not person.name.endswith(STATESMEN)
        where[person.name].add(person.unit)
    same = [units for name, units in where.items() if sum(person.name == name for person in plan.people) > 1]
    assert 2 <= len(same) <= 3 and all(len(units) == 2 for units in same)


def test_the_same_seed_gives_the_same_plan():
    first, again = Plan(1), Plan(1)
    assert (again.people, again.papers) == (first.people, first.papers)
    assert Plan(2).papers != first.papers


def test_the_papers_cover_two_years(plan):
    started = [paper.started_on for paper in plan.papers]
    assert len(plan.papers) == 320 and list(started) == sorted(started)
    assert {paper.kind for paper in plan.papers} == {"receive", "send"}
    assert TODAY - timedelta(days=740) <= min(started) < TODAY - timedelta(days=650) and max(started) < TODAY
    for paper in plan.papers:
        assert all(step.days_after >= 0 for step in paper.walk)
        assert paper.started_on + timedelta(days=sum(step.days_after for step in paper.walk)) < TODAY, paper.title


def test_texts_are_whole_and_never_repeat(plan):
    assert len({paper.title for paper in plan.papers}) == len({paper.body for paper in plan.papers}) == 320
    numbers = [paper.from_number for paper in plan.papers if paper.kind == "receive"]
    assert len(set(numbers)) == len(numbers) and all(re.fullmatch(r"[^\s〔〕]+〔20\d\d〕[1-9]\d*号", number) for number in numbers)
    for paper in plan.papers:
        texts = [paper.title, paper.body, *(item for name, _, text in paper.attachments for item in (name, text))]
        said = [step.opinion for walk in (paper.walk, *(receipt.walk for receipt in paper.receipts)) for step in walk]
        assert 10 <= len(paper.title) <= 45 and 300 <= len(paper.body) <= 1500, paper.title
        assert not re.search(r"[{}]|。。|，。|：。|、、|None", "\n".join(texts + said)), paper.title
        assert not any(organ in text for organ in REAL_ORGANS for text in texts), paper.title


def test_attachments_are_named_like_their_media(plan):
    media = Counter()
    for paper in plan.papers:
        for name, kind, text in paper.attachments:
            assert name.endswith(f".{kind}") and len(text) > 40 and not re.search(r'[\\/:*?"<>|]', name), name
            media[kind] += 1
    assert set(media) == {"docx", "pdf", "txt", "ofd"} and min(media.values()) >= 10


def test_the_engine_allows_every_walk(plan):
    for paper in plan.papers:
        for played, ends_in in replays(plan, paper):
            assert played.state == ends_in, paper.title


def test_every_state_of_both_flows_is_there(plan):
    found = defaultdict(Counter)
    for paper in plan.papers:
        for played, _ in replays(plan, paper):
            found[played.flow.key][played.state] += 1
    for key, flow in FLOWS.items():
        ends = {action.end for step in flow.steps for action in step.actions if action.end}
        states = {step.key for step in flow.steps} - ({"sign_in", "register"} if key == "receive" else set()) | ends
        assert all(found[key][state] >= 3 for state in states), {state: found[key][state] for state in states}
    assert found["receive"]["sign_in"] and found["receive"]["register"]


def test_every_action_is_used(plan):
    used = {(paper.kind, step.step, step.action) for paper in plan.papers for step in paper.walk}
    used |= {("receive", step.step, step.action) for paper in plan.papers for receipt in paper.receipts for step in receipt.walk}
    known = {(key, step.key, action.key) for key, flow in FLOWS.items() for step in flow.steps for action in step.actions}
    rare = {("receive", "sign_in", "reject"), ("receive", "propose", "to_read"), ("receive", "instruct", "to_read")}
    unused = known - used - rare
    assert not {item for item in unused if item[2] not in ("return",)}, unused
    assert any(step.action == "withdraw" for paper in plan.papers for step in paper.walk)


def test_open_papers_are_overdue_due_soon_and_in_time(plan):
    left = []
    for paper in plan.papers:
        if paper.due and paper.ends_in not in ("filed", "closed", "returned", "void"):
            begun, days = paper.started_on, 0
            while begun < TODAY:
                begun += timedelta(days=1)
                days += begun.weekday() < 5
            left.append(paper.due - days)
    assert sum(days < 0 for days in left) >= 5 and sum(0 <= days <= 2 for days in left) >= 3 and sum(days > 2 for days in left) >= 5


def test_each_persona_finds_a_full_desk(plan):
    boxes, running, states = defaultdict(Counter), Counter(), defaultdict(set)
    for paper in plan.papers:
        for played, _ in replays(plan, paper):
            for login, _caption in plan.personas:
                if box := played.held_by(login):
                    boxes[login][box] += 1
                    states[login].add((played.flow.key, played.state))
                running[login] += not played.end and any(past.actor_id == plan.world.ids[login] for past in played.past)
    by_login = {person.login: person for person in plan.people}
    business = [login for login, _ in plan.personas if not by_login[login].roles & {*GUARDIANS, "unit_admin"}]
    assert len(plan.personas) == 12 and len(business) == 8
    for login, caption in plan.personas:
        if login in business:
            assert boxes[login]["todo"] >= 3 and running[login] >= 1, (caption, boxes[login], running[login])
            assert len(states[login]) >= 2, (caption, states[login])
            assert boxes[login]["read"] >= 1, (caption, boxes[login])
        else:
            assert not boxes[login], caption


def test_outgoing_papers_keep_the_writing_rules(plan):
    rules = WritingRules.from_data(RULES["writing_rules"], KINDS)
    for paper in plan.papers:
        if paper.kind != "send":
            continue
        found = check(as_draft(paper), rules)
        assert not [item for item in found if item.severity == "block"], (paper.title, found)
        explained = any("explain" in step.fields for step in paper.walk[:1])
        assert not found or explained or not any(step.action == "submit" for step in paper.walk), (paper.title, found)
        if paper.doc_type == "请示":
            assert len(paper.main_to) + len(paper.external) == 1


def as_draft(paper):
    root = DATA["bureau"]["root"]
    unit = UNITS.get(paper.organ, root)
    own = paper.organ == "root"
    superiors = tuple(root["direct_superiors"]) if own else ()

    def kind(key):
        return "superior" if key == "root" else "subordinate" if own and UNITS[key]["kind"] == "branch" else "internal"

    inside = [Addressee(UNITS.get(key, root)["name"], kind(key), inside=True) for key in paper.main_to]
    outside = [Addressee(name, "superior" if name in root["direct_superiors"] else "peer", main)
               for names, main in ((paper.external, True), (paper.external_copy, False)) for name in names]
    return Draft(paper.doc_type, paper.title, paper.body, direction(paper), organ=Organ((unit["name"], unit["short"]), True, not own, unit["kind"] == "office",
                 unit["kind"], superiors), addressees=(*inside, *outside), attachments=tuple(name for name, _, _ in paper.attachments),
                 urgency=paper.urgency, openness=paper.openness, openness_reason=paper.openness_reason)
