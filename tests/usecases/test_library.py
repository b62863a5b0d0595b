"""The library of filed documents: every two characters find their document; filters, facets and pages agree."""

import pytest

from oa_client.usecases import filing, library, lists, viewing
from oa_client.usecases.views import ListFilter

BODY = "各市公安局：\n现就冬季治安防控有关事项通知如下。\n一、提高站位 压实责任\n（一）加强“两客一危”车辆管理，确保2026年12月底前100%见面。\nABc-def 混排。"


def filed(bureau, **changes):
    paper = bureau.register(nature="read", **changes)
    bureau.act("110001", paper, "to_read", picks={"readers": (bureau.person("100101"),)})
    bureau.act("100101", paper, "read")
    bureau.act("110001", paper, "close")
    bureau.act("110004", paper, "file", fields={"retention": "D10", "year": "2026"})
    return paper


def test_any_two_consecutive_characters_find_the_document(bureau):
    paper = filed(bureau, body=BODY)
    filed(bureau, number="江公通〔2026〕99号", title="另一件", body="毫不相干")
    desk = bureau.desk("110004")
    for at in range(len(BODY) - 1):
        word = BODY[at:at + 2]
        if word.strip():
            assert paper in [row.id for row in library.search(desk, library.LibraryFilter(word)).rows], repr(word)


def test_words_are_all_wanted_and_titles_come_first(bureau):
    in_body = filed(bureau, number="甲〔2026〕1号", title="第一件", body="警务保障")
    in_title = filed(bureau, number="甲〔2026〕2号", title="警务保障通知", body="其他")
    desk = bureau.desk("110004")
    assert [row.id for row in library.search(desk, library.LibraryFilter("警务保障")).rows] == [in_title, in_body]
    assert [row.id for row in library.search(desk, library.LibraryFilter("警务 第一件")).rows] == [in_body]
    assert library.search(desk, library.LibraryFilter("不存在的词")).total == 0


@pytest.mark.parametrize("query", ['"', "'", "%", "_", "*", "^甲", "AND", "NEAR(", "\\", "'; DROP TABLE document; --", "\x00", "  "])
def test_no_query_breaks_the_search(bureau, query):
    filed(bureau)
    assert library.search(bureau.desk("110004"), library.LibraryFilter(query)).total in (0, 1)


def test_figures_open_onto_their_rows(bureau):
    for number in range(3):
        filed(bureau, number=f"乙〔2026〕{number + 1}号", doc_type="通知" if number else "函")
    desk = bureau.desk("110004")
    facets = library.facets(desk)
    assert facets.years == ((2026, 3),)
    for doc_type, count in facets.doc_types:
        assert library.search(desk, library.LibraryFilter(doc_type=doc_type)).total == count
    assert library.search(desk, library.LibraryFilter(year=2025)).total == 0
    assert lists.counts(desk)["library"] == library.search(desk, library.LibraryFilter()).total == 3


def test_pages_join_without_gap_or_repeat(bureau):
    papers = [bureau.register(number=f"丙〔2026〕{number + 1}号", title=f"第{number}件通知") for number in range(7)]
    desk = bureau.desk("110001")
    for ask in (lambda after: lists.page(desk, "receive", after=after, size=3), lambda after: lists.page(desk, "todo", after=after, size=3),
                lambda after: library.search(desk, library.LibraryFilter("通知", filed_only=False), after, 3)):
        seen, after = [], None
        while True:
            page = ask(after)
            assert page.total == 7
            seen += [row.id for row in page.rows]
            after = page.after
            if after is None:
                break
        assert seen == papers[::-1]


@pytest.mark.parametrize(("narrow", "count"), [
    (ListFilter(), 3), (ListFilter(text="治安"), 2), (ListFilter(text="治安 丁〔2026〕1"), 1), (ListFilter(urgency=frozenset({"特急"})), 1),
    (ListFilter(state=frozenset({"filed"})), 0), (ListFilter(text="100%"), 0), (ListFilter(text="初审"), 3),
])
def test_lists_are_narrowed(bureau, narrow, count):
    bureau.register(number="丁〔2026〕1号", title="治安通知")
    bureau.register(number="丁〔2026〕2号", title="治安通报", urgency="特急")
    bureau.register(number="丁〔2026〕3号", title="交通通知")
    assert lists.page(bureau.desk("110001"), "receive", narrow).total == count


def test_the_proposal_for_filing_has_its_reason(bureau):
    paper = bureau.register(title="关于召开冬季工作会议的通知", from_organ="江北省公安厅")
    offered = filing.propose(bureau.desk("110001"), paper)
    assert offered.retention in {"Y", "D30", "D10"} and offered.why and offered.year == 2026


def test_a_unit_does_not_see_what_another_unit_filed(bureau):
    paper = bureau.register(organ_id=bureau.units["root"])
    assert viewing.show(bureau.desk("110001"), paper)
    assert library.search(bureau.desk("130002"), library.LibraryFilter("治安", filed_only=False)).total == 0
