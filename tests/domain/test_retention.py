"""Retention proposals, the scope of filing and the filing year."""

import copy
import json
from datetime import date

import pytest

from oa_client.domain.retention import FilingFacts, RetentionTable, file_by, filing_year, suggest, suggest_scope
from oa_client.settings import resource

DATA = json.loads(resource("rules/retention.json").read_text("utf-8"))
TABLE = RetentionTable.from_data(DATA)


def facts(title, doc_type="", direction="in", sender="", **more):
    return FilingFacts(title, doc_type, direction, sender, **more)


CASES = [
    ("normative", "Y", facts("云岚市公安局关于印发《烟花爆竹安全管理办法（试行）》的通知", "通知", "out")),
    ("own-general", "D30", facts("云岚市公安局关于严禁违反规定使用警车的通知", "通知", "out")),
    ("property", "Y", facts("关于指挥中心大楼土地使用权有关事项的函", "函", "in", "peer")),
    ("organisation", "Y", facts("中共云岚市公安局委员会关于同志任职的通知", "通知", "out")),
    ("leading-meeting", "Y", facts("云岚市公安局局长办公会议纪要", "纪要", "out")),
    ("meeting", "D30", facts("夏季安保工作专题会议纪要", "纪要", "out")),
    ("request-important", "Y", facts("云岚市公安局关于新建看守所的请示", "请示", "out", important=True)),
    ("request", "D30", facts("云岚市公安局关于新建看守所的请示", "请示", "out")),
    ("annual-own", "Y", facts("云岚市公安局2026年工作总结的报告", "报告", "out")),
    ("reply-from-above-important", "Y", facts("省公安厅关于设立分局的批复", "批复", "in", "superior", important=True)),
    ("reply-from-above", "D30", facts("省公安厅关于设立分局的批复", "批复", "in", "superior")),
    ("own-important", "Y", facts("云岚市公安局关于开展专项行动的通知", "通知", "out", important=True)),
    ("above-important", "Y", facts("省公安厅关于加强社区警务的意见", "意见", "in", "superior", important=True)),
    ("above-own-business", "D30", facts("省公安厅关于加强社区警务的意见", "意见", "in", "superior")),
    ("outside-business", "D10", facts("市人民政府关于冬季造林的通知", "通知", "in", "superior", own_business=False)),
    ("below-important", "Y", facts("栖云分局关于设置派出所的请示", "请示", "in", "subordinate", important=True)),
    ("below-special", "D30", facts("栖云分局关于重大案件的报告", "报告", "in", "subordinate", important=True)),
    ("below-annual", "D10", facts("栖云分局关于2026年工作总结的报告", "报告", "in", "subordinate")),
    ("routine", "D10", facts("云岚市公安局办公室关于召开月度会议的通知", "通知", "out")),
    ("reply-own", "D30", facts("云岚市公安局关于栖云分局购置装备的批复", "批复", "out")),
    ("letter", "D10", facts("市交通局关于商请协助调查的函", "函", "in", "peer")),
    ("proposal-lead", "Y", facts("云岚市公安局对市政协第12号提案的答复", "函", "out")),
    ("proposal-assist", "D30", facts("云岚市公安局对市政协第12号提案的答复", "函", "out", lead=False)),
    ("not-passed", "D10", facts("关于未获通过的改革方案的报告", "报告", "out")),
    ("general", "D10", facts("来访登记情况", "", "in", "other")),
]


@pytest.mark.parametrize(("rule", "period", "filed"), CASES, ids=[case[0] for case in CASES])
def test_suggestion(rule, period, filed):
    line = next(line for line in DATA["rules"] if line["id"] == rule)
    advice = suggest(filed, TABLE)
    assert advice.period.code == period == line["period"]
    assert advice.why.startswith(line["why"])
    assert advice.source == line["source"]


def test_every_line_of_the_table_has_a_case():
    assert {line["id"] for line in DATA["rules"]} == {rule for rule, _, _ in CASES}


def test_a_joint_paper_of_another_lead_is_kept_as_copy():
    assert "副本" in suggest(facts("联合通知", "通知", "out", lead=False), TABLE).why


SCOPES = [
    ("duplicate", facts("省公安厅关于安保工作的通知", "通知", "in", "superior", duplicate=True, important=True)),
    ("circular", facts("省人民政府关于植树的通知", "通知", "in", "superior", needs_action=False, own_business=False)),
    ("others-staff", facts("关于李某某等同志任免的通知", "通知", "in", "peer", own_business=False)),
    ("reference", facts("国外警务动态（供参考）", "", "in", "superior", needs_action=False)),
    ("peer-copy", facts("市交通局关于道路施工的函", "函", "in", "peer", needs_action=False)),
    ("bulletin", facts("栖云分局工作简报（第12期）", "", "in", "subordinate")),
    ("bypass-copy", facts("城关派出所关于案件的报告", "报告", "in", "subordinate", copy_only=True)),
    ("errand", facts("关于局机关临时停水的通知", "通知", "out")),
]


@pytest.mark.parametrize(("rule", "filed"), SCOPES, ids=[case[0] for case in SCOPES])
def test_not_filed(rule, filed):
    line = next(line for line in DATA["not_filed"] if line["id"] == rule)
    scope = suggest_scope(filed, TABLE)
    assert (scope.file, scope.why, scope.source) == (False, line["why"], line["source"])


@pytest.mark.parametrize("filed", [
    facts("省公安厅关于安保工作的通知", "通知", "in", "superior", needs_action=False),
    facts("省人民政府关于植树的通知", "通知", "in", "superior", own_business=False),
    facts("市交通局关于道路施工的函", "函", "in", "peer"),
    facts("栖云分局关于案件的报告", "报告", "in", "subordinate"),
    facts("栖云分局工作简报（第12期）", "", "in", "subordinate", important=True),
    facts("云岚市公安局关于任免的通知", "通知", "out"),
])
def test_filed(filed):
    assert suggest_scope(filed, TABLE).file


def test_every_exclusion_has_a_case():
    assert {line["id"] for line in DATA["not_filed"]} == {rule for rule, _ in SCOPES}


@pytest.mark.parametrize(("signed", "finished", "filed", "year", "noted"), [
    (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1), 2026, False),
    (date(2025, 12, 30), date(2026, 1, 9), date(2026, 5, 1), 2026, True),
    (date(2025, 12, 30), None, date(2026, 5, 1), 2025, False),
    (None, date(2025, 12, 1), date(2026, 5, 1), 2026, True),
])
def test_filing_year_and_last_day(signed, finished, filed, year, noted):
    found = filing_year(signed, finished, filed)
    assert (found.year, bool(found.note)) == (year, noted)
    assert file_by(signed, finished, filed, TABLE) == date(year + 1, 6, 30)


def test_periods():
    assert [(item.code, item.name, item.years) for item in TABLE.periods] == [
        ("Y", "永久", None), ("D30", "30年", 30), ("D10", "10年", 10)]
    assert TABLE.period("D30").years == 30
    with pytest.raises(KeyError):
        TABLE.period("长期")


@pytest.mark.parametrize("spoil", [
    lambda data: data["rules"][0]["when"].update(colour="红"),
    lambda data: data["rules"][0].update(period="D20"),
    lambda data: data["rules"].pop(),
    lambda data: data["rules"].clear(),
])
def test_a_spoilt_table_is_refused(spoil):
    data = copy.deepcopy(DATA)
    spoil(data)
    with pytest.raises(ValueError, match="retention table"):
        RetentionTable.from_data(data)
