"""The flow engine as a table of decisions, and properties that every published flow must hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.actor import Actor, person, pool, split
from oa_client.domain.errors import Invalid, Refused
from oa_client.domain.flow import Command, Facts, Past, Situation, after_join, allowed, consequence, decide, opening
from oa_client.domain.flow_definition import BadFlow, Flow
from oa_client.settings import resource

FLOWS = {key: Flow.from_data(json.loads(resource(f"flows/{key}.json").read_text("utf-8"))) for key in ("receive", "send")}
CLERK = Actor(1, "110001", "甲", 2, grants=frozenset({("clerk", 1)}))
CHIEF = Actor(2, "100101", "乙", 1, grants=frozenset({("chief", 1)}))
FACTS = Facts(organ_id=1, drafter_id=7)


def anything(_pick, _principal):
    return True


def at(flow, step, holder="clerk:1", **more):
    facts = more.pop("facts", FACTS)
    return Situation(FLOWS[flow], facts, step, holder, **more)


@pytest.mark.parametrize(("situation", "actor", "keys"), [
    (at("receive", "check"), CLERK, ["to_propose", "to_read", "reject"]),
    (at("receive", "check"), CHIEF, []),
    (at("receive", "handle", "person:1", part="lead", past=(Past("instruct", 2),)), CLERK, ["finish", "to_read", "transfer", "return"]),
    (at("receive", "handle", "person:1", part="lead"), CLERK, ["finish", "to_read", "transfer"]),
    (at("receive", "handle", "person:1", part="assist"), CLERK, ["answer", "transfer"]),
    (at("send", "sign", "leader:1", past=(Past("draft", 7), Past("review", 5))), CHIEF, ["sign", "to_leader", "return"]),
    (at("send", "sign", "chief:1"), CHIEF, ["sign", "to_leader"]),
])
def test_what_is_allowed(situation, actor, keys):
    assert [choice.key for choice in allowed(situation, actor)] == keys


@pytest.mark.parametrize(("situation", "actor", "command", "how", "step", "holders"), [
    (at("receive", "check"), CLERK, Command("to_propose"), "close", "propose", ["reviewer:1"]),
    (at("receive", "check"), CLERK, Command("to_read", picks={"readers": ("person:4", "unit:3")}), "close", "circulate", ["person:4", "clerk:3"]),
    (at("send", "review", "clerk:1"), CLERK, Command("to_countersign", picks={"countersigners": ("unit:3",), "signer": ("person:9",)}), "close", "countersign", ["leader:3"]),
    (at("send", "verify", past=(Past("sign", 8), Past("sign", 9))), CLERK, Command("resign", "改了期限"), "close", "sign", ["person:9"]),
    (at("send", "verify", past=(Past("draft", 7),)), CLERK, Command("return", "不妥", target="draft"), "close", "draft", ["person:7"]),
    (at("receive", "finish", past=(Past("handle", 5, "assist"), Past("handle", 6, "lead"), Past("handle", 5, "assist"))), CLERK,
     Command("return", "补充情况", target="handle"), "close", "handle", ["person:6"]),
    (at("receive", "handle", "person:1", part="assist"), CLERK, Command("transfer", picks={"person": ("person:6",)}), "hand", "handle", ["person:6"]),
])
def test_what_follows(situation, actor, command, how, step, holders):
    plan = decide(situation, actor, command, anything)
    assert (plan.how, plan.opening.step, [seat.holder for seat in plan.opening.seats]) == (how, step, holders)


@pytest.mark.parametrize(("situation", "command", "problem", "said"), [
    (at("receive", "check"), Command("to_leader"), Refused, "没有您可用"),
    (at("receive", "check"), Command("reject"), Invalid, "理由"),
    (at("receive", "check"), Command("to_read"), Invalid, "请选择传阅"),
    (at("receive", "check"), Command("to_read", picks={"readers": tuple(f"person:{n}" for n in range(61))}), Invalid, "最多选 60 个"),
    (at("receive", "propose"), Command("to_handle", "办", {"lead": ("unit:3",), "assist": ("unit:3",)}), Invalid, "不能是同一单位"),
    (at("receive", "handle", "person:1", part="lead", others_open=2), Command("finish", "好"), Refused, "还有 2 个协办"),
    (at("receive", "handle", "person:1", part="lead"), Command("transfer", picks={"person": ("person:1",)}), Invalid, "不能再选本人"),
    (at("receive", "propose", facts=Facts(1, 7, "特急")), Command("to_handle", "办", {"lead": ("unit:3",)}), Invalid, "办理期限"),
    (at("send", "verify", past=(Past("draft", 7),)), Command("return", "不妥", target="sign"), Refused, "不能退回"),
    (at("send", "number"), Command("number", fields={"code": " ", "copies": "3"}), Invalid, "机关代字"),
])
def test_what_is_refused(situation, command, problem, said):
    with pytest.raises(problem, match=said):
        decide(situation, CLERK, command, anything)


def test_a_default_opinion_is_used_when_nothing_is_typed():
    assert decide(at("receive", "check"), CLERK, Command("to_propose"), anything).opinion == "经初审，符合规定，送拟办。"
    assert decide(at("receive", "check"), CLERK, Command("to_propose", " 急件，请速办 "), anything).opinion == "急件，请速办"


@pytest.mark.parametrize(("answers", "step"), [({"agree"}, "sign"), ({"agree", "disagree"}, "review"), ({"disagree"}, "review")])
def test_where_countersigning_leads(answers, step):
    now = at("send", "countersign", facts=Facts(1, 7, memo={"signer": ("person:9",)}))
    action = FLOWS["send"].step("countersign").action("agree")
    assert after_join(now, frozenset(answers), action).step == step


def test_the_signer_of_an_upward_document_must_be_the_chief():
    asked = []
    command = Command("to_sign", "请签", {"signer": ("person:9",)})
    decide(at("send", "review", facts=Facts(1, 7, upward=True)), CLERK, command, lambda pick, who: asked.append(pick.role) or True)
    decide(at("send", "review"), CLERK, command, lambda pick, who: asked.append(pick.role) or True)
    assert asked == ["chief", "leader"]


def test_the_sentence_above_the_button():
    choice = next(item for item in allowed(at("receive", "propose"), CLERK) if item.key == "to_handle")
    assert consequence(choice, {"lead": ["刑侦支队"], "assist": ["交警支队", "法制支队"]}) == "交 刑侦支队 主办，交警支队、法制支队 协办"
    assert consequence(choice, {"lead": ["刑侦支队"]}) == "交 刑侦支队 主办"
    assert consequence(choice, {}) == "交 （请选择主办） 主办"


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())
def test_every_step_is_reached_and_every_document_can_end(flow):
    ways = {step.key: {action.to for action in step.actions if action.to} | {step.join[key] for key in ("to", "else") if step.join} for step in flow.steps}
    ends = {step.key for step in flow.steps if any(action.end for action in step.actions)}
    reached, edge = set(), {flow.start, flow.arrival}
    while edge:
        reached |= edge
        edge = set().union(*(ways[key] for key in edge)) - reached
    assert reached == {step.key for step in flow.steps}
    leads_out = set(ends)
    while more := {key for key, to in ways.items() if to & leads_out} - leads_out:
        leads_out |= more
    assert leads_out == reached


@pytest.mark.parametrize(("change", "said"), [
    ({"to": "nowhere"}, "unknown steps"), ({"to": ""}, "exactly one way"), ({"opinion": "maybe"}, "opinion"), ({"counts": True}, "parallel"),
    ({"end": "filed"}, "exactly one way"),
])
def test_a_contradictory_definition_is_named(change, said):
    data = json.loads(resource("flows/receive.json").read_text("utf-8"))
    data["steps"][1]["actions"][0] |= change
    with pytest.raises(BadFlow, match=said):
        Flow.from_data(data)


@given(st.integers(1, 10**9), st.sampled_from(["clerk", "leader", "unit", "archivist"]))
def test_principals_come_back_as_they_went(number, role):
    assert split(pool(role, number)) == (role, number)
    assert split(person(number)) == ("person", number)


@pytest.mark.parametrize("text", ["", "person", "person:", "nobody:3", "clerk:x", "clerk:-1", "clerk:1:2"])
def test_what_is_no_principal(text):
    with pytest.raises(ValueError, match="not a principal"):
        split(text)


def test_new_documents_begin_where_the_flow_says():
    assert [seat.holder for seat in opening(FLOWS["send"], FACTS, "draft").seats] == ["person:7"]
    assert [seat.holder for seat in opening(FLOWS["receive"], FACTS, "check").seats] == ["clerk:1"]
