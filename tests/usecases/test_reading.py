"""Reading a document: words in their levels, files as they can be shown, phrases that fit the flows."""

import json

import pytest

from oa_client.domain.errors import NotFound
from oa_client.domain.flow_definition import Flow
from oa_client.render.plain_files import make_docx, make_ofd, make_pdf
from oa_client.settings import resource
from oa_client.usecases import lists, reading
from oa_client.usecases.papers import NewFile
from oa_client.usecases.phrases import phrases, phrases_for


@pytest.mark.parametrize(("body", "words"), [
    ("各单位：\n现通知如下。", (("各单位：", "flush"), ("现通知如下。", "body"))),
    ("一、提高认识\n请落实。", (("一、提高认识", "h1"), ("请落实。", "body"))),
    ("（一）压实责任。各单位要落实。", (("（一）压实责任。", "h2", "各单位要落实。"),)),
    ("1.加强巡逻。\n(1)见警车。", (("1.加强巡逻。", "body"), ("（1）见警车。", "body"))),
    ("特此通知。\n云岚市公安局\n2026年11月16日", (("特此通知。", "body"), ("云岚市公安局", "right"), ("2026年11月16日", "right"))),
    ("特此通知。\n请于月底前报送。\n2026年11月16日", (("特此通知。", "body"), ("请于月底前报送。", "body"), ("2026年11月16日", "right"))),
    ("\n　　　\n", ()),
])
def test_body_words(body, words):
    assert reading.body_words("标题", body) == (("标题", "title"), *words)


def test_the_reading_is_for_those_who_may_see_it(bureau):
    paper = bureau.register(number="")
    opened = reading.open_document(bureau.desk("110001"), paper)
    assert opened.view.id == paper
    assert ("来文字号", "") not in [pair for row in opened.sheet_rows for pair in row]
    with pytest.raises(NotFound):
        reading.open_document(bureau.desk("120003"), paper)


TITLE = "关于开展冬季治安防控工作的通知"
TEXT = "江北省公安厅文件\n关于开展冬季治安\n防控工作的通知\n各市公安局：\n请落实。"


@pytest.mark.parametrize(("name", "make", "media", "words", "text"), [
    ("来文.docx", make_docx, "docx", (("江北省公安厅文件", "center"), (TITLE, "title"), ("各市公安局：", "flush"), ("请落实。", "body")), None),
    ("来文.txt", str.encode, "txt", (("江北省公安厅文件", "center"), (TITLE, "title"), ("各市公安局：", "flush"), ("请落实。", "body")), None),
    ("来文.ofd", make_ofd, "ofd", None, TEXT),
    ("来文.pdf", make_pdf, "pdf", None, None),
])
def test_files_as_they_can_be_shown(small, name, make, media, words, text):
    data = make(TEXT)
    paper = small.register(title=TITLE, files=(NewFile(name, data, "original", media, 1, TEXT),))
    desk = small.desk("110001")
    file = reading.open_document(desk, paper).view.attachments[0]
    shown = reading.open_file(desk, file.id, TITLE)
    assert (shown.name, shown.data, shown.words, shown.text) == (name, data, words, text)
    with pytest.raises(NotFound):
        reading.open_file(small.desk("120003"), file.id)


def test_what_comes_next_is_another_paper(bureau):
    desk = bureau.desk("110001")
    first = bureau.register()
    assert lists.following(desk, first) is None
    second = bureau.register(number="江公通〔2026〕32号", title="另一件")
    assert lists.following(desk, first).id == second
    assert lists.following(desk, second).id == first


@pytest.mark.parametrize("kind", ["receive", "send"])
def test_every_phrase_belongs_to_an_action_and_every_wanted_opinion_has_some(kind):
    flow = Flow.from_data(json.loads(resource(f"flows/{kind}.json").read_text("utf-8")))
    actions = {f"{step.key}.{action.key}": action for step in flow.steps for action in step.actions}
    table = json.loads(resource("phrases.json").read_text("utf-8"))[kind]
    assert set(table) <= set(actions)
    assert {key for key, action in actions.items() if action.opinion == "required"} <= set(table)
    assert all(phrase.endswith("。") for found in table.values() for phrase in found)


def test_phrases_by_place():
    assert phrases("receive", "circulate", "read")[0] == "已阅。"
    assert phrases("send", "nowhere", "nothing") == ()
    assert phrases_for("withdraw")
