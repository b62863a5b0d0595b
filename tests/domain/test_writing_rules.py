"""行文规则: each case of each rule with a draft that hits and one that just does not."""

import copy
import json
import re
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.document_kinds import DocumentKinds
from oa_client.domain.writing_draft import Addressee, CoIssuer, Draft, Organ, Signature
from oa_client.domain.writing_rules import WritingRules, blocks, check
from oa_client.settings import resource


def load(name):
    return json.loads(resource(f"rules/{name}.json").read_text("utf-8"))


DATA = load("writing_rules")
KINDS = DocumentKinds.from_data(load("document_types"), load("openness"), load("urgency"))
RULES = WritingRules.from_data(DATA, KINDS)

CITY, PROVINCE = "云岚市人民政府", "江北省公安厅"
UP = Addressee(CITY, "superior")
LINE = Addressee(PROVINCE, "superior", upper_department=True)
BRANCH = Addressee("栖云分局", "subordinate")
SQUAD = Addressee("刑侦支队", "internal")
COUNTY = Addressee("澄溪县人民政府", "government")
COUNTY_POLICE = Addressee("澄溪县公安局", "subordinate")
PEER = Addressee("云岚市交通局", "peer")
CHIEF = Addressee("某副市长", "person")
BUREAU = Organ(("云岚市公安局", "市局"), level="市级部门", superiors=(CITY, PROVINCE))
PARTY = CoIssuer("中共云岚市委政法委员会", "市级部门", "party")
SIGNED = {"office_reviewed": True, "signer_is_chief": True, "signature": Signature("某局长", date(2026, 11, 20))}


def copy_to(addressee):
    return replace(addressee, main=False)


def draft(doc_type="通知", body="请各单位认真贯彻落实。", **more):
    """A clean draft of the type, changed by `more`."""
    to = {"报告": (UP, copy_to(LINE)), "请示": (UP, copy_to(LINE)), "函": (PEER,)}.get(doc_type, (BRANCH,))
    plain = {"title": f"云岚市公安局关于冬季安保工作的{doc_type}", "organ": BUREAU, "addressees": to,
             "openness": "依申请公开", "contact": "王某，电话 2110"}
    return Draft(doc_type, body=body, **(plain | more))


def found(candidate):
    """The findings as rule:case, told apart by their wording."""
    cases = {}
    for key, rule in DATA["rules"].items():
        for case, told in rule["cases"].items():
            pattern = re.sub(r"\\\{\w+\\\}", ".*", re.escape(told["sentence"]))
            cases[key, case] = re.compile(pattern, re.DOTALL)
    names = set()
    for finding in check(candidate, RULES):
        names |= {f"{key}:{case}" for (key, case), pattern in cases.items()
                  if key == finding.rule and pattern.fullmatch(finding.sentence)}
    return names


@pytest.mark.parametrize("doc_type", ["通知", "报告", "请示", "函", "决定", "通报", "批复", "意见"])
@pytest.mark.parametrize("stage", ["draft", "review", "sign", "issue"])
def test_a_proper_draft_has_no_finding(doc_type, stage):
    assert check(draft(doc_type, stage=stage, **SIGNED), RULES) == ()


TWO_MATTERS = "一、关于增加编制\n增加辅警 20 名。\n二、关于增加经费\n增加经费。"
JOINT = CoIssuer("云岚市司法局", "市级部门", signed=True)
UNSIGNED = CoIssuer("云岚市民政局", "市级部门")
DEPUTY = SIGNED | {"signer_is_chief": False}

HITS = [
    ("R1:copied", draft("报告", skipped_organs=(CITY,), addressees=(LINE, copy_to(UP)))),
    ("R1:not_copied", draft("报告", skipped_organs=(CITY,), addressees=(LINE,))),
    ("R2:request", draft("请示", addressees=(UP, LINE))),
    ("R2:other", draft("报告", addressees=(UP, LINE))),
    ("R3:copied", draft("报告", addressees=(UP, copy_to(LINE), copy_to(BRANCH)))),
    ("R3:copied", draft("意见", direction="up", addressees=(UP, copy_to(LINE), copy_to(COUNTY)))),
    ("R4:declared", draft("请示", matters=2)),
    ("R4:text", draft("请示", TWO_MATTERS)),
    ("R4:text", draft("请示", "现就以下三个事项请示如下。")),
    ("R5:confirmed", draft("报告", request_confirmed=True)),
    ("R5:text", draft("报告", "以上工作所需经费，请市政府予以批准。")),
    ("R5:text", draft("报告", "拟购置警车十辆，妥否，请批示。")),
    ("R5:text", draft("通报", "特此请示。")),
    ("R6:person", draft("报告", addressees=(CHIEF,))),
    ("R6:leader", draft("报告", in_leaders_name=True)),
    ("R6:leader", draft("函", in_leaders_name=True, addressees=(PEER, copy_to(UP)))),
    ("R7:missing", draft("请示", relayed_request="我分局拟增设派出所。", tendency_opinion="  ")),
    ("R7:verbatim", draft("请示", "我分局\n拟增设派出所。", relayed_request="我分局拟增设派出所。", tendency_opinion="同意。")),
    ("R8:missing", draft("请示", addressees=(LINE, copy_to(UP)), major=True)),
    ("R9:missing", draft("报告", addressees=(UP,))),
    ("R10:missing", draft("通知", important=True)),
    ("R11:order", draft("通知", addressees=(COUNTY,))),
    ("R11:unsaid", draft("通知", addressees=(COUNTY,), consent=True)),
    ("R13:open", draft("通知", stage="sign", **SIGNED, touches_other_units=True, consulted=True)),
    ("R14:level", draft("通知", co_issuers=(CoIssuer("栖云区司法局", "区级部门"),))),
    ("R14:sides", draft("通知", co_issuers=(PARTY,))),
    ("R15:outside", draft("函", organ=Organ(("刑侦支队",), is_division=True), title="刑侦支队关于协查的函")),
    ("R16:missing", draft("通知", organ=replace(BUREAU, may_issue=False))),
    ("R17:missing", draft("通知", stage="sign", **SIGNED | {"office_reviewed": False})),
    ("R18:up", draft("报告", stage="sign", **DEPUTY)),
    ("R18:important", draft("通知", stage="sign", addressees=(BRANCH, copy_to(UP)), important=True, **DEPUTY)),
    ("R19:name", draft("通知", stage="issue", **SIGNED | {"signature": Signature(" ", date(2026, 11, 20))})),
    ("R19:date", draft("通知", stage="issue", **SIGNED | {"signature": Signature("某局长")})),
    ("R20:missing", draft("通知", stage="issue", **SIGNED, co_issuers=(JOINT, UNSIGNED))),
    ("R21:missing", draft("函", stage="sign", **SIGNED, touches_other_units=True)),
    ("T1:unknown", draft("会议纪要")),
    ("T1:unknown", draft("", title="云岚市公安局关于安保的通知")),
    ("T1:block", draft("议案", addressees=(UP, copy_to(LINE)))),
    ("T1:warn", draft("决议")),
    ("T1:warn", draft("公报", direction="public", addressees=(), openness="主动公开")),
    ("T1:warn", draft("命令")),
    ("T2:direction", draft("请示", direction="down", addressees=(BRANCH,))),
    ("T2:direction", draft("函", direction="up", addressees=(UP, copy_to(LINE)))),
    ("T3:kind", draft("报告", addressees=(PEER, copy_to(UP), copy_to(LINE)))),
    ("T3:kind", draft("函", addressees=(UP, copy_to(LINE)))),
    ("E1:empty", draft(title=" ")),
    ("E1:organ", draft(title="关于冬季安保工作的通知")),
    ("E1:type", draft(title="云岚市公安局关于冬季安保工作")),
    ("E1:other", draft(title="云岚市公安局关于冬季安保工作的意见（试行）")),
    ("E1:mixed", draft("报告", title="云岚市公安局关于经费的请示报告")),
    ("E2:empty", draft(body="\n　")),
    ("E3:missing", draft("函", addressees=(copy_to(PEER),))),
    ("E4:none", draft(body="具体安排见附件。")),
    ("E4:none", draft(body="附件：1. 名单")),
    ("E4:none", draft(body="填写附件 2 后报送。")),
    ("E4:fewer", draft(body="附件1和附件3须一并报送。", attachments=("名单", "表"))),
    ("E5:unknown", draft(urgency="急件")),
    ("E6:missing", draft("请示", contact="")),
    ("O1:missing", draft(openness="")),
    ("O1:unknown", draft(openness="公开")),
    ("O1:reason", draft(openness="不予公开", openness_reason=" ")),
    ("O1:carried", draft(openness="主动公开", carried_openness=("主动公开", "不予公开"))),
    ("O1:public", draft("通告", addressees=(), openness="依申请公开")),
    ("S1:declared", draft(secrecy="机密")),
    ("S1:mark", draft(body="机密★5年\n各单位：")),
    ("S1:mark", draft(body="秘 密★\n各单位：")),
    ("S1:mark", draft(body="000001\n  机　密\n特急")),
    ("S1:mark", draft(body="绝密 30年\n各单位：")),
    ("S1:mark", draft(body="秘密 特急\n各单位：")),
    ("S1:mark", draft(title="【机密】云岚市公安局关于布控的通知")),
    ("S1:mark", draft(body="密级：秘密")),
    ("S1:mark", draft(body="本文件属于国家秘密，请妥善保管。")),
    ("S1:mark", draft(body="本通知定为机密级，阅后收回。")),
    ("S1:mark", draft(attachments=("布控方案（绝密）",))),
]

MISSES = [
    ("R1", draft("报告", skipped_organs=())),
    ("R2", draft("请示", addressees=(UP, copy_to(LINE)))),
    ("R2", draft("通知", addressees=(BRANCH, COUNTY_POLICE))),
    ("R3", draft("通知", addressees=(BRANCH, copy_to(COUNTY_POLICE)))),
    ("R3", draft("报告", addressees=(UP, copy_to(LINE), copy_to(PEER)))),
    ("R4", draft("报告", TWO_MATTERS, matters=2)),
    ("R4", draft("请示", "一、基本情况\n情况。\n二、关于经费的请求\n请拨经费。")),
    ("R5", draft("请示", "妥否，请批示。", request_confirmed=True)),
    ("R5", draft("函", "请批准为盼。")),
    ("R5", draft("通知", "各单位方案须报请批准后实施。")),
    ("R5", draft("通知", "请各单位核准人数后报送，请有关部门审批。")),
    ("R5", draft("批复", "你局《关于请批准购置警车的请示》收悉。")),
    ("R5", draft("报告", "以上报告，请审阅。")),
    ("R6", draft("报告", addressees=(CHIEF, copy_to(UP), copy_to(LINE)), assigned=True)),
    ("R6", draft("函", in_leaders_name=True)),
    ("R7", draft("请示", relayed_request="我分局拟增设派出所。", tendency_opinion="我局同意。")),
    ("R7", draft("请示", relayed_request=None)),
    ("R8", draft("请示", addressees=(LINE, copy_to(UP)), major=True, consent=True)),
    ("R8", draft("请示", addressees=(LINE, copy_to(UP)), major=False)),
    ("R8", draft("请示", major=True)),
    ("R9", draft("报告", addressees=(UP,), organ=replace(BUREAU, superiors=(CITY,)))),
    ("R9", draft("报告", addressees=(LINE, copy_to(UP)))),
    ("R9", draft("报告", addressees=(PEER,))),
    ("R9", draft("通知", addressees=(BRANCH, copy_to(UP)))),
    ("R10", draft("通知", important=True, addressees=(BRANCH, copy_to(LINE)))),
    ("R10", draft("通知", important=False)),
    ("R11", draft("通知", "经市人民政府同意，现就有关事项通知如下。", addressees=(COUNTY,), consent=True)),
    ("R11", draft("通知", "已经市委、市政府同意。", addressees=(COUNTY,), consent=True)),
    ("R11", draft("函", addressees=(COUNTY,))),
    ("R11", draft("通知", addressees=(COUNTY_POLICE,))),
    ("R13", draft("通知", stage="sign", **SIGNED, touches_other_units=True, countersign_done=True)),
    ("R13", draft("通知", stage="review", touches_other_units=True)),
    ("R13", draft("函", stage="sign", **SIGNED, touches_other_units=True)),
    ("R14", draft("通知", co_issuers=(JOINT,))),
    ("R15", draft("通知", organ=Organ(("刑侦支队",), is_division=True), addressees=(SQUAD,), title="刑侦支队关于值班的通知")),
    ("R15", draft("函", organ=Organ(("办公室",), is_division=True, is_office=True), title="办公室关于会务的函")),
    ("R16", draft("通知", organ=replace(BUREAU, may_issue=False), addressees=(SQUAD,))),
    ("R17", draft("通知", stage="review", office_reviewed=False)),
    ("R18", draft("通知", stage="sign", **DEPUTY)),
    ("R18", draft("报告", stage="review")),
    ("R19", draft("通知", stage="issue", **SIGNED)),
    ("R19", draft("通知", stage="sign", **SIGNED | {"signature": Signature()})),
    ("R20", draft("通知", stage="issue", **SIGNED, co_issuers=(JOINT,))),
    ("R21", draft("函", stage="sign", **SIGNED, touches_other_units=True, consulted=True)),
    ("T1", draft("通告", addressees=(), openness="主动公开")),
    ("T2", draft("意见", direction="up", addressees=(UP, copy_to(LINE)))),
    ("T2", draft("通知", direction="level", addressees=(PEER,))),
    ("T3", draft("通知", addressees=(BRANCH, SQUAD))),
    ("T3", draft("报告", addressees=(UP, copy_to(PEER)))),
    ("E1", draft(title="市局关于冬季安保工作的通知（试行）")),
    ("E1", draft("命令", title="云岚市公安局嘉奖令")),
    ("E2", draft(body="略。")),
    ("E3", draft("决定", addressees=())),
    ("E3", draft("公告", addressees=(), openness="主动公开")),
    ("E4", draft(body="不要点开陌生邮件的附件。附件：无")),
    ("E4", draft(body="按照《关于附件1的说明》办理。")),
    ("E4", draft(body="详见附件2。", attachments=("名单", "表"))),
    ("E5", draft(urgency="特急")),
    ("E5", draft(urgency="")),
    ("E6", draft("请示", "联系人：王某，电话 2110。", contact="")),
    ("E6", draft("报告", contact="")),
    ("O1", draft(openness="不予公开", openness_reason="涉及内部事务")),
    ("O1", draft(openness="依申请公开", carried_openness=("不予公开",))),
    ("O1", draft("通告", addressees=(), openness="主动公开", carried_openness=("主动公开",))),
    ("S1", draft(secrecy="无")),
    ("S1", draft(body="各单位要严格保守国家秘密，严防泄露机密。")),
    ("S1", draft(body="机密性、完整性、可用性是信息安全的三个要素。")),
    ("S1", draft(body="国家秘密分为绝密、机密、秘密三级，机密级文件由专人管理。")),
    ("S1", draft(body="秘密窃取商业秘密的，依法处理。\n秘密侦查措施须经批准。")),
    ("S1", draft(body="密级：无\n密级：绝密□ 机密□ 秘密□")),
    ("S1", draft(body="本通知为秘密搜查工作的依据。")),
    ("S1", draft(body="涉密文件（绝密、机密、秘密）不得带出。")),
]


@pytest.mark.parametrize(("case", "candidate"), HITS, ids=[f"{i}-{case}" for i, (case, _) in enumerate(HITS)])
def test_hit(case, candidate):
    rule, name = case.split(":")
    expected = DATA["rules"][rule]["cases"][name]
    assert case in found(candidate)
    finding = next(item for item in check(candidate, RULES) if item.rule == rule)
    assert (finding.severity, finding.source) == (expected["severity"], DATA["rules"][rule]["source"])
    assert finding.field == expected.get("field", DATA["rules"][rule]["field"])


@pytest.mark.parametrize(("rule", "candidate"), MISSES, ids=[f"{i}-{rule}" for i, (rule, _) in enumerate(MISSES)])
def test_near_miss(rule, candidate):
    assert not {name for name in found(candidate) if name.startswith(f"{rule}:")}


def test_every_case_is_hit_and_every_rule_nearly_missed():
    cases = {f"{key}:{case}" for key, rule in DATA["rules"].items() for case in rule["cases"]}
    assert {case for case, _ in HITS} == cases
    assert {rule for rule, _ in MISSES} == set(DATA["rules"])


@pytest.mark.parametrize(("candidate", "words"), [
    (draft("报告", addressees=(UP,)), f"没有抄送{PROVINCE}。"), (draft("", title="云岚市公安局的通知"), "“空白”不是条例规定的文种"),
    (draft("请示", direction="down", addressees=(BRANCH,)), "“请示”不能作为下行文使用，只能作为上行文"),
    (draft("报告", skipped_organs=(CITY,), addressees=(LINE,)), f"本文越过{CITY}行文"),
    (draft("请示", TWO_MATTERS), "“一、关于增加编制；二、关于增加经费”"),
    (draft(body="附件1和附件3须一并报送。", attachments=("名单", "表")), "正文提到附件3，但只附上 2 个附件"),
])
def test_a_sentence_names_what_it_means(candidate, words):
    assert any(words in finding.sentence for finding in check(candidate, RULES))


def test_what_stops_the_paper_comes_first():
    findings = check(draft("报告", "请批准。", addressees=(UP, LINE, copy_to(BRANCH)), openness=""), RULES)
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities)
    assert set(severities) == {"block", "warn"}
    assert {finding.rule for finding in blocks(findings)} == {"R3", "O1"}


def test_what_only_warns():
    """The severities of the regulation's notes: all else stops the paper."""
    warned = {f"{key}:{case}" for key, rule in DATA["rules"].items()
              for case, told in rule["cases"].items() if told["severity"] == "warn"}
    assert warned == {
        "R1:copied", "R2:other", "R4:text", "R5:text", "R8:missing", "R9:missing", "R10:missing", "R14:sides", "T1:warn",
        "T3:kind", "E1:organ", "E1:type", "E1:other", "E1:mixed", "E4:none", "E4:fewer", "E6:missing", "O1:public"}


STAGES = ["draft", "review", "sign", "issue"]


@given(st.sampled_from(STAGES), st.sampled_from([candidate for _, candidate in HITS + MISSES]))
def test_a_later_stage_never_asks_less(stage, candidate):
    now = check(replace(candidate, stage=stage), RULES)
    final = check(replace(candidate, stage="issue"), RULES)
    assert set(now) <= set(final)


@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from(["通知", "请示", "函", "未知"]))
def test_any_text_can_be_checked(body, title, doc_type):
    for finding in check(draft(doc_type, body, title=title), RULES):
        assert finding.sentence.endswith("。")


@pytest.mark.parametrize("body", ["一、关于经费的请示\n" * 10000, " " * 100000, "　\n" * 50000, "机 " * 50000, "《" * 50000, "经" * 100000,
                                  "附件 " * 40000, "（" * 100000, "请" * 100000, "绝密\t" * 40000, "密级" + "\n" * 100000])
def test_no_pasted_text_holds_the_check_up(body):
    candidates = [draft(doc_type, body, title=body, stage="issue", consent=True, addressees=(COUNTY,))
                  for doc_type in ("请示", "报告", "通知")]
    began = time.process_time()
    for candidate in candidates:
        check(candidate, RULES)
    assert time.process_time() - began < 2


def test_sentences_are_plain_office_chinese():
    for rule in DATA["rules"].values():
        assert rule["source"].startswith("《")
        assert rule["confidence"]
        for case in rule["cases"].values():
            words = re.sub(r"\{\w+\}", "", case["sentence"])
            assert words.endswith("。")
            assert not re.search(r"[A-Za-z!！]", words)
            assert case["severity"] in ("block", "warn")


def test_the_rules_must_be_those_the_program_checks():
    data = copy.deepcopy(DATA)
    data["rules"]["R99"] = data["rules"].pop("R1")
    with pytest.raises(ValueError, match="R1"):
        WritingRules.from_data(data, KINDS)


def test_the_choices_of_a_document():
    assert [item.name for item in KINDS.types] == ["决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示",
                                                   "批复", "议案", "函", "纪要"]
    assert {item.name: item.limit for item in KINDS.types if item.limit} == {
        "决议": "warn", "命令": "warn", "公报": "warn", "议案": "block"}
    assert [KINDS.usual_direction(name) for name in ("请示", "批复", "函", "通告", "条例")] == ["up", "down", "level", "public", ""]
    assert [(item.name, item.annotation) for item in KINDS.openness] == [
        ("主动公开", "（此件公开发布）"), ("依申请公开", "（此件依申请公开）"), ("不予公开", "（此件不予公开）")]
    assert [item.name for item in KINDS.openness if item.needs_reason] == ["不予公开"]
    assert KINDS.openness_value("主动公开").working_days == 20
    assert [(item.name, item.working_days, item.marked) for item in KINDS.urgency] == [
        ("特急", 1, True), ("加急", 3, True), ("平件", 7, False)]
    assert [item.name for item in KINDS.telegram] == ["特提", "特急", "加急", "平急"]
    assert KINDS.urgency_grade("").name == "平件"
    assert KINDS.urgency_grade("急件") is None


@pytest.mark.parametrize("name", ["calendar", "document_types", "writing_rules", "retention", "numbering", "urgency", "openness"])
def test_every_data_file_says_where_it_comes_from(name):
    assert re.search(r"\[[vkd]", load(name)["source"])
