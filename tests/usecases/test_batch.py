"""The same act on many documents: each on its own, what failed is told by title."""

import pytest

from oa_client.domain.errors import Unavailable
from oa_client.usecases import batch, lists
from oa_client.usecases.views import ListFilter


def circulated(bureau, count):
    for at in range(count):
        paper = bureau.register(title=f"阅知件{at}", number=f"江公通〔2026〕{at + 1}号", nature="read")
        bureau.act("110001", paper, "to_read", picks={"readers": (bureau.person("100102"), bureau.person("100101"))})
    return bureau.desk("100102")


def test_papers_are_signed_as_read_one_by_one_with_progress(bureau):
    desk = circulated(bureau, 3)
    rows = lists.page(desk, "read").rows
    told = []
    outcome = batch.mark_read(desk, rows[:2], report=lambda done, total, words: told.append((done, total)))
    assert outcome.value.results == tuple(row.id for row in rows[:2])
    assert (outcome.notice, outcome.value.failed) == ("2 件已标为已阅。", ())
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [row.id for row in lists.page(desk, "read").rows] == [rows[2].id]
    assert lists.counts(bureau.desk("100101"))["read"] == 3


def test_one_that_is_gone_does_not_stop_the_others(bureau):
    desk = circulated(bureau, 2)
    rows = lists.page(desk, "read").rows
    bureau.act("100102", rows[0].id, "read")
    outcome = batch.mark_read(desk, rows)
    assert outcome.value.results == (rows[1].id,)
    assert outcome.value.failed[0][0] == rows[0].title and "办理" in outcome.value.failed[0][1]
    assert outcome.notice == "1 件已标为已阅，1 件未成功。"


def test_only_papers_to_read_can_be_signed_in_one_go(bureau):
    bureau.register()
    rows = lists.page(bureau.desk("110001"), "todo").rows
    outcome = batch.mark_read(bureau.desk("110001"), rows)
    assert (outcome.value.results, outcome.topics, len(outcome.value.failed)) == ((), frozenset(), 1)
    assert lists.counts(bureau.desk("110001"))["todo"] == 1


def test_where_the_database_is_gone_the_rest_is_not_tried(small, monkeypatch):
    desk = circulated(small, 3)
    rows, tried = lists.page(desk, "read").rows, []

    def broken(*_):
        tried.append(1)
        raise Unavailable("与数据库的连接中断。")
    monkeypatch.setattr(batch, "act", broken)
    outcome = batch.mark_read(desk, rows)
    assert len(tried) == 1 and [title for title, _why in outcome.value.failed] == [row.title for row in rows]


def test_documents_are_taken_out_each_into_a_folder(small, tmp_path):
    small.register(number="江公通〔2026〕1号", title="甲")
    small.register(number="江公通〔2026〕2号", title="乙")
    rows = lists.page(small.desk("110001"), "receive").rows
    outcome = batch.export_all(small.desk("110001"), rows, tmp_path / "导出")
    assert [folder.name for folder in outcome.value.results] == ["江公通〔2026〕2号 乙", "江公通〔2026〕1号 甲"]
    assert all((folder / "公文处理单.pdf").exists() for folder in outcome.value.results)


@pytest.mark.parametrize(("narrow", "titles"), [(ListFilter(text="江公通[2026]2号"), ["阅知件1"]), (ListFilter(text="阅知 江北"), ["阅知件1", "阅知件0"])])
def test_a_number_is_found_with_whatever_brackets(small, narrow, titles):
    desk = circulated(small, 2)
    assert [row.title for row in lists.page(desk, "read", narrow).rows] == titles
