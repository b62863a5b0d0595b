"""收文 from registration to filing, on both databases."""

import pytest

from oa_client.domain.errors import Conflict, Invalid, NotFound, Refused
from oa_client.domain.flow import Command
from oa_client.usecases import acting, intake, library, lists, recalling, viewing
from oa_client.usecases.papers import NewFile


def where(bureau, document_id, login="110001"):
    return viewing.show(bureau.desk(login), document_id).where


def walk_to_handle(bureau, **changes):
    paper = bureau.register(**changes)
    bureau.act("110001", paper, "to_propose")
    bureau.act("110003", paper, "to_leader", "拟请刑侦支队牵头，交警支队配合。",
               picks={"leader": (bureau.person("100102"),), "lead": (bureau.unit("criminal"),), "assist": (bureau.unit("traffic"),)})
    bureau.act("100102", paper, "to_handle", "同意，抓紧落实。")
    return paper


def test_the_whole_way(bureau):
    paper = walk_to_handle(bureau)
    assert where(bureau, paper) == "承办：刑侦支队收发员、交警支队收发员"
    bureau.act("120002", paper, "transfer", picks={"person": (bureau.person("120003"),)})
    bureau.act("130002", paper, "answer", "已组织路面检查。")
    bureau.act("120003", paper, "to_read", "已部署，情况见附件。", picks={"readers": (bureau.person("110005"), bureau.person("100101"))})
    bureau.act("110005", paper, "read")
    bureau.act("100101", paper, "read", "已阅。")
    bureau.act("110001", paper, "close", fields={"answered": "已电话答复省厅"})
    bureau.act("110004", paper, "file", fields={"retention": "D30", "year": "2026"})
    view = viewing.show(bureau.desk("110004"), paper)
    assert (view.state, view.reference) == ("filed", "Z109-WS·2026-D30-SJU-0001")
    said = [entry.opinion for entry in view.timeline if entry.opinion]
    assert said == ["经初审，符合规定，送拟办。", "拟请刑侦支队牵头，交警支队配合。", "同意，抓紧落实。", "已组织路面检查。", "已部署，情况见附件。", "已阅。", "办理完毕，送归档。"]
    assert dict(view.fields)["答复来文单位"] == "已电话答复省厅"
    found = library.search(bureau.desk("110004"), library.LibraryFilter("治安防控"))
    assert [row.id for row in found.rows] == [paper]


def test_the_lead_waits_for_those_who_assist(bureau):
    paper = walk_to_handle(bureau)
    with pytest.raises(Refused, match="还有 1 个协办未答复"):
        bureau.act("120002", paper, "finish", "已办。")
    bureau.act("130002", paper, "answer", "无补充。")
    bureau.act("120002", paper, "finish", "已办。")
    assert where(bureau, paper) == "办结：市局收发员"


def test_read_only_papers_go_straight_to_circulation(bureau):
    paper = bureau.register(nature="read")
    bureau.act("110001", paper, "to_read", picks={"readers": (bureau.person("100101"), bureau.unit("traffic"))})
    assert lists.counts(bureau.desk("100101"))["read"] == 1
    assert lists.counts(bureau.desk("100101"))["todo"] == 0
    bureau.act("100101", paper, "read")
    assert where(bureau, paper) == "传阅：交警支队收发员"
    bureau.act("130002", paper, "read")
    assert where(bureau, paper) == "办结：市局收发员"


def test_initial_review_may_send_it_back(bureau):
    paper = bureau.register()
    with pytest.raises(Invalid, match="理由"):
        bureau.act("110001", paper, "reject")
    bureau.act("110001", paper, "reject", "文种使用不当，请重新行文。")
    assert viewing.show(bureau.desk("110001"), paper).state == "returned"


def test_return_names_an_earlier_step_and_goes_to_who_acted_there(bureau):
    paper = bureau.register()
    bureau.act("110002", paper, "to_propose")
    bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (bureau.person("100101"),)})
    bureau.act("100101", paper, "return", "请补充上年数据。", target="check")
    assert where(bureau, paper) == "初审：何予安"
    with pytest.raises(StopIteration):
        bureau.act("110001", paper, "to_propose")


def test_a_leader_turns_to_another_leader(bureau):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (bureau.person("100102"),)})
    bureau.act("100102", paper, "to_leader", "请江局长阅示。", picks={"leader": (bureau.person("100101"),)})
    assert where(bureau, paper) == "批示：江承岳"
    with pytest.raises(Invalid, match="不能再选本人"):
        bureau.act("100101", paper, "to_leader", "转。", picks={"leader": (bureau.person("100101"),)})


def test_urgent_papers_need_a_time_limit(bureau):
    paper = bureau.register(urgency="特急")
    bureau.act("110001", paper, "to_propose")
    picks = {"lead": (bureau.unit("criminal"),)}
    with pytest.raises(Invalid, match="办理期限"):
        bureau.act("110003", paper, "to_handle", "请办。", picks=picks)
    bureau.act("110003", paper, "to_handle", "请办。", picks=picks, fields={"due_on": bureau.later(4)})
    assert viewing.show(bureau.desk("120002"), paper).due.words != ""


def test_nobody_else_sees_it(bureau):
    paper = bureau.register()
    with pytest.raises(NotFound):
        viewing.show(bureau.desk("120003"), paper)
    assert library.search(bureau.desk("120003"), library.LibraryFilter("治安", filed_only=False)).total == 0
    with pytest.raises(NotFound):
        viewing.show(bureau.desk("100901"), paper)


def test_the_second_press_gets_conflict(bureau):
    paper = bureau.register()
    first, second = bureau.desk("110001"), bureau.desk("110002")
    seen = viewing.show(second, paper)
    task = seen.tasks[0]
    bureau.act("110001", paper, "to_propose")
    with pytest.raises(Conflict, match="苏明禾"):
        acting.act(second, task.id, Command("to_propose"), acting.Seen(task.version, seen.version))
    assert first.actor.name == "苏明禾"


def test_withdraw_until_somebody_opens_it(bureau):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    recalling.withdraw(bureau.desk("110001"), paper, "附件漏传")
    assert where(bureau, paper) == "初审：苏明禾"
    bureau.act("110001", paper, "to_propose")
    view = viewing.show(bureau.desk("110003"), paper)
    acting.mark_seen(bureau.desk("110003"), view.tasks[0].id)
    assert not viewing.show(bureau.desk("110001"), paper).may_withdraw
    with pytest.raises(Conflict):
        recalling.withdraw(bureau.desk("110001"), paper)


def test_urging_stands_out(bureau):
    paper = walk_to_handle(bureau)
    waiting = viewing.show(bureau.desk("110001"), paper).waiting
    assert all(item.may_urge for item in waiting)
    recalling.urge(bureau.desk("110001"), waiting[0].task_id, "请于今日下班前报")
    assert lists.page(bureau.desk("120002"), "todo").rows[0].urged == 1
    with pytest.raises(Refused):
        recalling.urge(bureau.desk("120002"), waiting[0].task_id)


@pytest.mark.parametrize(("changes", "said"), [
    ({"secrecy": "机密"}, "非涉密系统"), ({"title": " "}, "请填写标题"), ({"from_organ": ""}, "请填写来文单位"),
    ({"urgency": "急件"}, "紧急程度只能是"), ({"copies": 0}, "份数"), ({"files": (NewFile("空.txt", b""),)}, "是空的"),
])
def test_registration_refuses(bureau, changes, said):
    with pytest.raises(Refused, match=said):
        bureau.register(**changes)
    assert lists.counts(bureau.desk("110001"))["receive"] == 0


def test_only_a_clerk_registers(bureau):
    form = intake.IntakeForm("关于某事的通知", "江北省公安厅", organ_id=bureau.units["root"])
    with pytest.raises(Refused, match="不是该单位的收发员"):
        intake.register(bureau.desk("120003"), form)


def test_a_repeated_number_is_pointed_out(bureau):
    paper = bureau.register(number="江公通[2026]031号")
    with pytest.raises(Invalid, match="重复") as told:
        bureau.register(number="江公通〔2026〕31号", title="另一标题")
    assert "number" in told.value.fields
    assert intake.duplicates(bureau.desk("110001"), "江公通(2026)31号")[0].document_id == paper
    assert bureau.register(number="江公通〔2026〕31号", title="另一标题", repeat_known=True) != paper


def test_identical_bytes_are_pointed_out(bureau):
    text = "关于开展联合检查的函\n\n市公安局：\n请予配合。".encode()
    file = NewFile("来函.txt", text, "original", "txt", 1, text.decode())
    paper = bureau.register(number="", files=(file,))
    with pytest.raises(Invalid, match="原文内容相同"):
        bureau.register(number="", title="另一标题", files=(file,))
    seen = intake.inspect(bureau.desk("110002"), "来函.txt", text)
    assert seen.duplicates[0].document_id == paper
