"""The preview's text: its beginning, or the place that a search found, in the body or in a file."""

import pytest

from oa_client.domain.errors import NotFound
from oa_client.usecases.glimpse import LENGTH, glimpse
from oa_client.usecases.papers import NewFile


def said(found):
    return "".join("".join((words, *rest)) for words, _level, *rest in found.words)


def test_the_beginning_of_a_long_text(small):
    paper = small.register(body="各单位：\n" + "\n".join(f"第{at}段治安防控措施。" for at in range(200)))
    found = glimpse(small.desk("110001"), paper)
    assert found.view.id == paper
    assert said(found).startswith("各单位：第0段")
    assert len(said(found)) <= LENGTH
    assert (found.left_out, found.source, found.marks) == ((False, True), "", ())


def test_the_place_that_was_searched_for_in_whatever_form_it_is_written(small):
    paper = small.register(body="开头。\n" + "无关的话。\n" * 200 + "按照江公通【2026】31号文件，强化ＡＢ类场所巡查。\n" + "其后。\n" * 200)
    found = glimpse(small.desk("110001"), paper, "公通〔2026〕31 ab类")
    assert found.marks == ("公通【2026】31", "ＡＢ类")
    assert "强化ＡＢ类场所巡查" in said(found)
    assert found.left_out == (True, True)


def test_a_place_in_a_file_is_shown_with_the_name_of_the_file(small):
    files = (NewFile("方案.txt", b"x", text="其他内容"), NewFile("清单.txt", b"y", text="重点部位清单\n火车站北广场"))
    paper = small.register(body="正文不提。", files=files)
    found = glimpse(small.desk("110001"), paper, "火车站")
    assert (found.source, found.marks) == ("清单.txt", ("火车站",))
    assert "重点部位清单" in said(found)


def test_words_that_stand_only_in_the_title_leave_the_beginning(small):
    paper = small.register(title="关于禁毒工作的通知", body="各单位：\n请落实。")
    found = glimpse(small.desk("110001"), paper, "禁毒")
    assert said(found) == "各单位：请落实。" and found.marks == ()


def test_without_any_text_there_are_no_words(small):
    assert glimpse(small.desk("110001"), small.register(body="")).words == ()


def test_it_is_for_readers_only(small):
    paper = small.register()
    with pytest.raises(NotFound):
        glimpse(small.desk("130003"), paper)
