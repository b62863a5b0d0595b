"""发文 from draft to distribution and filing, on both databases."""

import pytest

from oa_client.domain.errors import Conflict, Invalid, NotFound, Refused
from oa_client.usecases import drafting, library, lists, viewing
from oa_client.usecases.writing import Target


def walk_to_number(bureau, **changes):
    paper = bureau.draft(login="110003", **changes)
    bureau.act("110003", paper, "submit", fields={"explain": "已核实"})
    bureau.act("110003", paper, "to_sign", picks={"signer": (bureau.person("100101"),)})
    bureau.act("100101", paper, "sign")
    bureau.act("110003", paper, "pass")
    return paper


def test_the_whole_way(bureau):
    paper = bureau.draft(login="120003", title="云岚市公安局关于开展冬季治安清查的通知")
    bureau.act("120003", paper, "submit", fields={"explain": "已核实"})
    bureau.act("110003", paper, "to_countersign", "请会签。",
               picks={"countersigners": (bureau.unit("traffic"), bureau.unit("criminal")), "signer": (bureau.person("100102"),)})
    bureau.act("130001", paper, "agree")
    assert viewing.show(bureau.desk("110003"), paper).where == "会签：刑侦支队领导"
    bureau.act("120001", paper, "agree", "会签同意。")
    bureau.act("100102", paper, "sign")
    bureau.act("110003", paper, "pass")
    assert viewing.show(bureau.desk("110001"), paper).number == ""
    bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": "40"})
    assert viewing.show(bureau.desk("110001"), paper).number == "云公通〔2026〕1号"
    bureau.act("110001", paper, "distribute")
    sent = viewing.show(bureau.desk("110001"), paper)
    assert [(row.name, row.received_at) for row in sent.addressees] == [("刑侦支队", None), ("交警支队", None)]
    assert sent.attachments[0].role == "issued" and sent.attachments[0].media == "pdf"
    copy = lists.page(bureau.desk("120002"), "todo").rows[0].id
    bureau.act("120002", copy, "sign")
    assert viewing.show(bureau.desk("110001"), paper).addressees[0].received_by == "白沐阳"
    got = viewing.show(bureau.desk("120002"), copy)
    assert got.number == "云公通〔2026〕1号" and got.where == "登记：刑侦支队收发员"
    assert not any("会签" in entry.words for entry in got.timeline)
    with pytest.raises(NotFound):
        viewing.show(bureau.desk("120002"), paper)
    bureau.act("120002", copy, "register")
    bureau.act("110004", paper, "file", fields={"retention": "永久", "year": "2026"})
    assert viewing.show(bureau.desk("110004"), paper).reference == "Z109-WS·2026-Y-SJU-0001"
    assert library.search(bureau.desk("110004"), library.LibraryFilter("云公通〔2026〕1号")).total == 1


def test_one_disagreement_goes_back_to_the_office(bureau):
    paper = bureau.draft()
    bureau.act("110003", paper, "submit", fields={"explain": "已核实"})
    bureau.act("110003", paper, "to_countersign",
               picks={"countersigners": (bureau.unit("traffic"), bureau.unit("criminal")), "signer": (bureau.person("100101"),)})
    with pytest.raises(Invalid, match="理由"):
        bureau.act("130001", paper, "disagree")
    bureau.act("130001", paper, "disagree", "第二条与我支队职责不符。")
    bureau.act("120001", paper, "agree")
    assert viewing.show(bureau.desk("110003"), paper).where == "审核：市局核稿人"


def test_an_upward_document_is_signed_by_the_principal_leader(bureau):
    paper = bureau.draft(title="云岚市公安局关于增加警务装备经费的请示", doc_type="请示", targets=(Target("云岚市人民政府"),),
                         body="市人民政府：\n因工作需要，拟增加装备经费，理由如下。\n一、现状\n装备老化。\n妥否，请批示。\n联系人：办公室，电话 12345。")
    bureau.act("110003", paper, "submit", fields={"explain": "已核实"})
    with pytest.raises(Invalid, match="主要负责人"):
        bureau.act("110003", paper, "to_sign", picks={"signer": (bureau.person("100102"),)})
    bureau.act("110003", paper, "to_sign", picks={"signer": (bureau.person("100101"),)})


def test_a_substantive_change_goes_back_to_who_signed(bureau):
    paper = bureau.draft()
    bureau.act("110003", paper, "submit", fields={"explain": "已核实"})
    bureau.act("110003", paper, "to_sign", picks={"signer": (bureau.person("100102"),)})
    bureau.act("100102", paper, "sign")
    bureau.act("110003", paper, "resign", "期限由十日改为二十日。")
    assert viewing.show(bureau.desk("110003"), paper).where == "签发：陆知远"


def test_a_draft_that_breaks_a_rule_does_not_move(bureau):
    paper = bureau.draft(openness="")
    with pytest.raises(Refused, match="公开属性"):
        bureau.act("110003", paper, "submit")
    opened = drafting.open_draft(bureau.desk("110003"), paper)
    assert opened.step == "draft" and opened.form.title


def test_saving_over_a_newer_text_is_refused(bureau):
    paper = bureau.draft()
    desk = bureau.desk("110003")
    form = drafting.open_draft(desk, paper).form
    drafting.save(desk, drafting.DraftForm(**{**form.__dict__, "title": "第一次修改的通知"}))
    with pytest.raises(Conflict, match="没有覆盖"):
        drafting.save(desk, drafting.DraftForm(**{**form.__dict__, "title": "第二次修改的通知"}))
    assert drafting.open_draft(desk, paper).form.title == "第一次修改的通知"


def test_a_draft_in_other_hands_is_not_changed(bureau):
    paper = bureau.draft(login="120003")
    form = drafting.open_draft(bureau.desk("120003"), paper).form
    bureau.act("120003", paper, "submit", fields={"explain": "已核实"})
    with pytest.raises(Refused, match="不在您手上"):
        drafting.save(bureau.desk("120003"), form)
    reviewed = drafting.open_draft(bureau.desk("110003"), paper).form
    drafting.save(bureau.desk("110003"), drafting.DraftForm(**{**reviewed.__dict__, "body": reviewed.body + "\n以上请遵照执行。"}))


def test_numbers_run_by_code_and_year(bureau):
    numbers = []
    for code in ("云公通", "云公发", "云公通"):
        paper = walk_to_number(bureau)
        bureau.act("110001", paper, "number", fields={"code": code, "copies": "10"})
        numbers.append(viewing.show(bureau.desk("110001"), paper).number)
    assert numbers == ["云公通〔2026〕1号", "云公发〔2026〕1号", "云公通〔2026〕2号"]


def test_a_foreign_code_takes_no_number(bureau):
    paper = walk_to_number(bureau)
    with pytest.raises(Invalid, match="不是云岚市公安局的机关代字"):
        bureau.act("110001", paper, "number", fields={"code": "云公刑", "copies": "10"})
    bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": "10"})
    assert viewing.show(bureau.desk("110001"), paper).number == "云公通〔2026〕1号"


def test_a_refused_copy_is_told_to_the_sender(bureau):
    paper = walk_to_number(bureau)
    bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": "10"})
    bureau.act("110001", paper, "distribute")
    copy = lists.page(bureau.desk("130002"), "todo").rows[0].id
    bureau.act("130002", copy, "reject", "非我单位业务。")
    assert any("交警支队退回：非我单位业务。" in entry.words for entry in viewing.show(bureau.desk("110001"), paper).timeline)


def test_a_draft_may_be_given_up(bureau):
    paper = bureau.draft()
    bureau.act("110003", paper, "discard", "与另一份合并。")
    assert viewing.show(bureau.desk("110003"), paper).state == "void"


def test_a_copy_sent_back_at_initial_review_is_told_to_the_sender(bureau):
    paper = walk_to_number(bureau)
    bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": "10"})
    bureau.act("110001", paper, "distribute")
    copy = lists.page(bureau.desk("130002"), "todo").rows[0].id
    bureau.act("130002", copy, "sign")
    bureau.act("130002", copy, "register")
    bureau.act("130002", copy, "reject", "缺附件，请补齐后重新发来。")
    assert any("交警支队退回：缺附件" in entry.words for entry in viewing.show(bureau.desk("110001"), paper).timeline)
