"""What a flow may not be talked into: texts changed after signature, seats of people who left, limits in the past, copies sent back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from oa_client.domain.errors import Invalid, Refused
from oa_client.store import unit
from oa_client.store.guard import call, guarded
from oa_client.store.tables import Account
from oa_client.usecases import drafting, intake, lists, setting_up, viewing
from oa_client.usecases.writing import Target
from tests.usecases.test_send_flow import walk_to_number


def where(bureau, paper, login="100101"):
    return viewing.show(bureau.desk(login), paper).where


def disable(bureau, login):
    with unit.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == login).values(active=False))
        if guarded(session):
            call(session, "login_until", login, datetime(2000, 1, 1, tzinfo=UTC))


def signed(bureau):
    paper = bureau.draft(login="120003")
    bureau.act("120003", paper, "submit", fields={"explain": "已核实"})
    bureau.act("110003", paper, "to_sign", picks={"signer": (bureau.person("100101"),)})
    bureau.act("100101", paper, "sign")
    return paper, drafting.open_draft(bureau.desk("110003"), paper).form


@pytest.mark.parametrize(("change", "said"), [
    ({"doc_type": "决定"}, "文种"), ({"urgency": "特急"}, "紧急程度"), ({"openness": "依申请公开"}, "公开属性"), ({"targets": (Target("江北省公安厅"),)}, "主送抄送"),
])
def test_after_signature_only_the_wording_changes(bureau, change, said):
    paper, form = signed(bureau)
    with pytest.raises(Refused, match=f"复核时只能改动文字，不能改动{said}"):
        drafting.save(bureau.desk("110003"), replace(form, **change))
    assert viewing.show(bureau.desk("110003"), paper).version == form.version


def test_changed_words_are_accounted_for_when_the_check_is_passed(bureau):
    paper, form = signed(bureau)
    drafting.save(bureau.desk("110003"), replace(form, body=form.body.replace("特此通知", "以上通知")))
    with pytest.raises(Invalid, match="写明改了哪里"):
        bureau.act("110003", paper, "pass")
    bureau.act("110003", paper, "pass", "末句“特此通知”改为“以上通知”。")
    assert "复核：修改文稿（正文）" in [entry.words for entry in viewing.show(bureau.desk("110003"), paper).timeline]


def test_an_unchanged_text_passes_without_words(bureau):
    paper, _form = signed(bureau)
    bureau.act("110003", paper, "pass")
    assert where(bureau, paper) == "登记：市局收发员"


def test_a_second_signature_covers_the_changed_words(bureau):
    paper, form = signed(bureau)
    drafting.save(bureau.desk("110003"), replace(form, body=form.body + "\n另行通知。"))
    bureau.act("110003", paper, "resign", "增加一句，请复审。")
    bureau.act("100101", paper, "sign")
    bureau.act("110003", paper, "pass")
    assert where(bureau, paper) == "登记：市局收发员"


def test_an_incoming_paper_is_not_written_over_as_a_draft(bureau):
    paper = bureau.register(main_to="各市公安局")
    with pytest.raises(Refused, match="不在您手上"):
        drafting.open_draft(bureau.desk("110001"), paper)
    with pytest.raises(Refused, match="不在您手上"):
        drafting.save(bureau.desk("110001"), drafting.DraftForm(paper, 1, bureau.units["root"], "通知", "被改的标题", "正文"))
    assert dict(viewing.show(bureau.desk("110001"), paper).fields)["主送"] == "各市公安局"


def test_a_return_to_somebody_who_left_goes_to_the_role(bureau):
    paper = bureau.register()
    bureau.act("110002", paper, "to_propose")
    disable(bureau, "110002")
    bureau.act("110003", paper, "return", "请补充来文依据。")
    assert where(bureau, paper) == "初审：市局收发员"
    bureau.act("110001", paper, "to_propose")


def test_a_signer_who_left_during_countersigning_is_chosen_anew(bureau):
    paper = bureau.draft()
    bureau.act("110003", paper, "submit", fields={"explain": "已核实"})
    bureau.act("110003", paper, "to_countersign", picks={"countersigners": (bureau.person("130001"),), "signer": (bureau.person("100102"),)})
    disable(bureau, "100102")
    bureau.act("130001", paper, "agree")
    assert where(bureau, paper) == "审核：市局核稿人"


def test_a_paper_does_not_go_to_a_drafter_who_left(bureau):
    paper = bureau.draft(login="120003")
    bureau.act("120003", paper, "submit", fields={"explain": "已核实"})
    disable(bureau, "120003")
    with pytest.raises(Refused, match="程以恒已停用"):
        bureau.act("110003", paper, "return", "请修改。")
    assert where(bureau, paper) == "审核：市局核稿人" and setting_up.check(bureau.engine) == []


def test_a_transfer_does_not_join_two_seats_in_one_person(bureau):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    bureau.act("110003", paper, "to_handle", "请办。", picks={"lead": (bureau.unit("criminal"),), "assist": (bureau.person("120003"),)})
    with pytest.raises(Invalid, match="已在办理本件"):
        bureau.act("120002", paper, "transfer", picks={"person": (bureau.person("120003"),)})


def test_a_time_limit_is_set_by_the_actions_that_ask_for_it_and_not_in_the_past(bureau):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose", fields={"due_on": "2026-12-31"})
    assert viewing.show(bureau.desk("110001"), paper).due.words == ""
    with pytest.raises(Invalid, match="不能早于今天"):
        bureau.act("110003", paper, "to_handle", "请办。", picks={"lead": (bureau.unit("criminal"),)}, fields={"due_on": "1999-01-01"})


def test_a_copy_sent_back_is_told_and_can_be_sent_anew(bureau):
    paper = walk_to_number(bureau)
    bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": "2"})
    bureau.act("110001", paper, "distribute")
    bureau.act("120002", lists.page(bureau.desk("120002"), "todo").rows[0].id, "reject", "份数不符。")
    other = lists.page(bureau.desk("130002"), "todo").rows[0].id
    bureau.act("130002", other, "sign")
    bureau.act("130002", other, "register")
    bureau.act("130002", other, "reject", "非我单位职责。")
    view = viewing.show(bureau.desk("110001"), paper)
    assert {"刑侦支队退回：份数不符。", "交警支队退回：非我单位职责。"} <= {entry.words for entry in view.timeline}
    bureau.act("110004", paper, "return", "请重新分发。")
    bureau.act("110001", paper, "distribute")
    assert lists.counts(bureau.desk("120002"))["todo"] == lists.counts(bureau.desk("130002"))["todo"] == 1


@pytest.mark.parametrize(("targets", "said"), [
    (lambda units: (Target("刑侦支队", units["criminal"]), Target("刑侦支队", units["criminal"], False)), "只能出现一次"),
    (lambda units: (Target("江北省公安厅"), Target("江北省公安厅", None, False)), "只能出现一次"), (lambda units: (Target("撤销的大队", 9999),), "不在单位名录"),
    (lambda units: (Target(" "),), "要有名称"), (lambda units: (Target("市局", units["root"]),), "就是发文机关"),
])
def test_receivers_are_named_known_and_different(bureau, targets, said):
    with pytest.raises(Invalid, match=said):
        bureau.draft(targets=targets(bureau.units))
    assert lists.counts(bureau.desk("110003"))["todo"] == 0


def test_a_pool_that_no_choice_offers_is_not_taken(bureau):
    paper = bureau.register()
    for pool in ("sys_admin:root", "archivist:criminal"):
        role, _, key = pool.partition(":")
        with pytest.raises(Invalid, match="不在可选范围"):
            bureau.act("110001", paper, "to_read", picks={"readers": (f"{role}:{bureau.units[key]}",)})


def test_a_limit_before_the_day_of_receipt_is_refused(bureau):
    with pytest.raises(Invalid, match="不能早于收文日期"):
        intake.register(bureau.desk("110001"), intake.IntakeForm("某通知", "江北省公安厅", due_on=bureau.at.date().replace(year=2020), organ_id=bureau.units["root"]))
