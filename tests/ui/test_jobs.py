"""Work off the screen's thread: order, lanes, stale answers, failures, progress, stopping."""

import threading
import time

import pytest
import shiboken6
from PySide6.QtWidgets import QPushButton, QWidget

from oa_client.domain.errors import Refused
from oa_client.ui import errors
from oa_client.ui.jobs import SLOW_MS, Jobs
from oa_client.ui.stall import StallWatch
from oa_client.usecases.desk import Outcome


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_write_gives_its_value_then_tells_the_topics_once(jobs, page):
    said = []
    jobs.changed.connect(lambda topics: said.append(("changed", topics)))
    jobs.notice.connect(lambda words: said.append(("notice", words)))
    jobs.write(page, lambda number: Outcome(number + 1, frozenset({"documents"}), "已登记。"), 6, then=lambda value: said.append(("then", value)))
    assert jobs.wait_idle(5)
    assert said == [("then", 7), ("notice", "已登记。"), ("changed", frozenset({"documents"}))]


def test_answers_come_on_the_screens_thread_and_work_runs_elsewhere(jobs, page):
    threads = []
    jobs.read(page, threading.get_ident, then=lambda worker: threads.append((worker, threading.get_ident())))
    assert jobs.wait_idle(5)
    [(worker, screen)] = threads
    assert screen == threading.get_ident() != worker


def test_writes_run_one_after_another_in_order(jobs, page):
    running, most, order = [0], [0], []

    def act(number):
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.005)
        order.append(number)
        running[0] -= 1
        return Outcome(number)
    for number in range(8):
        jobs.write(page, act, number)
    assert jobs.wait_idle(5)
    assert (most[0], order) == (1, list(range(8)))


def test_three_reads_run_at_a_time(jobs, page):
    together = threading.Barrier(3)
    came = []
    for _ in range(3):
        jobs.read(page, together.wait, 5, then=came.append)
    assert jobs.wait_idle(6)
    assert sorted(came) == [0, 1, 2]


def test_a_read_goes_on_while_a_write_lasts(jobs, page):
    gate = threading.Event()
    jobs.write(page, lambda: (gate.wait(5), Outcome(None))[1])
    came = []
    jobs.read(page, lambda: "read", then=lambda value: (came.append(value), gate.set()))
    assert jobs.wait_idle(5)
    assert came == ["read"]


def test_only_the_latest_answer_of_a_key_is_given(jobs, page, qtbot):
    gate, came = threading.Event(), []
    jobs.read(page, lambda: (gate.wait(5), "旧")[1], latest="search", then=came.append)
    jobs.read(page, lambda: "别的", latest="count", then=came.append)
    jobs.read(page, lambda: "新", latest="search", then=came.append)
    other = QWidget()
    qtbot.addWidget(other)
    jobs.read(other, lambda: "另一页", latest="search", then=came.append)
    gate.set()
    assert jobs.wait_idle(5)
    assert sorted(came) == sorted(["别的", "新", "另一页"])


def test_a_stale_read_that_is_still_queued_does_not_run(jobs, page):
    gate, ran = threading.Event(), []
    for _ in range(3):
        jobs.read(page, gate.wait, 5)
    for number in range(5):
        jobs.read(page, ran.append, number, latest="search")
    gate.set()
    assert jobs.wait_idle(5)
    assert ran == [4]


def test_an_answer_for_a_closed_page_is_dropped_but_the_topics_are_told(jobs):
    gate, came, topics = threading.Event(), [], []
    jobs.changed.connect(topics.append)
    owner = QWidget()
    jobs.write(owner, lambda: (gate.wait(5), Outcome(1, frozenset({"tasks"})))[1], then=came.append)
    jobs.read(owner, lambda: gate.wait(5), then=came.append)
    shiboken6.delete(owner)
    gate.set()
    assert jobs.wait_idle(5)
    assert (came, topics) == ([], [frozenset({"tasks"})])


def test_a_refusal_goes_to_the_asker(jobs, page):
    came, topics = [], []
    jobs.changed.connect(topics.append)

    def act():
        raise Refused("不能退回。", "意见已保留。")
    jobs.write(page, act, then=came.append, failed=came.append)
    assert jobs.wait_idle(5)
    assert [str(error) for error in came] == ["不能退回。意见已保留。"]
    assert (errors.shown(), topics) == ((), [])


def test_a_refusal_nobody_takes_is_shown_even_if_the_page_of_a_write_is_closed(jobs):
    gate, owner = threading.Event(), QWidget()

    def act():
        gate.wait(5)
        raise Refused("不能退回。")
    jobs.write(owner, act, failed=lambda error: pytest.fail("the owner is gone"))
    jobs.read(owner, act)
    shiboken6.delete(owner)
    gate.set()
    assert jobs.wait_idle(5)
    assert [dialog.windowTitle() for dialog in errors.shown()] == ["未能完成"]


def test_a_bug_shows_the_crash_dialog_with_folded_details(jobs, page, styled):
    def act():
        raise ZeroDivisionError("boom")
    jobs.write(page, act, failed=lambda error: pytest.fail("a bug is not a refusal"))
    assert jobs.wait_idle(5)
    [dialog] = errors.shown()
    assert dialog.details.isHidden()
    dialog.fold.click()
    assert dialog.details.isVisible() and "ZeroDivisionError: boom" in dialog.details.toPlainText()
    dialog.copy.click()
    assert "ZeroDivisionError: boom" in styled.clipboard().text()


def test_a_bug_in_the_answer_does_not_leave_the_job_under_way(jobs, page, qtbot):
    def then(value):
        raise RuntimeError("bug in the page")
    with qtbot.captureExceptions() as found:
        jobs.read(page, lambda: 1, then=then)
        assert jobs.wait_idle(5)
    assert [str(error) for _, error, _ in found] == ["bug in the page"]


def test_widgets_are_disabled_meanwhile_and_get_their_focus_back(jobs, page, qtbot):
    press, off = QPushButton("送审", page), QPushButton("撤回", page)
    off.setEnabled(False)
    press.show()
    off.show()
    page.activateWindow()
    press.setFocus()
    qtbot.waitUntil(press.hasFocus)
    gate, states = threading.Event(), []
    jobs.write(page, lambda: (gate.wait(5), Outcome(None))[1], busy=[press, off], then=lambda _: states.append(press.isEnabled()))
    assert not press.isEnabled()
    gate.set()
    assert jobs.wait_idle(5)
    assert (press.isEnabled(), off.isEnabled(), states) == (True, False, [True])


def test_progress_is_told_and_a_cancelled_job_stops(jobs, page):
    steps, came, told = [], [], []
    jobs.progress.connect(lambda job, done, total, words: (told.append((done, total, words)), job.cancel()))

    def export(count, report):
        for number in range(count):
            report(number, count, "正在导出")
            steps.append(number)
            time.sleep(0.01)
        return count
    job = jobs.read(page, export, 500, then=came.append, failed=came.append)
    assert jobs.wait_idle(8)
    assert job.cancelled and job.over
    assert told[0] == (0, 500, "正在导出")
    assert len(steps) < 100 and came == []


def test_a_write_that_was_cancelled_too_late_still_counts(jobs, page):
    started, gate, came = threading.Event(), threading.Event(), []

    def act():
        started.set()
        gate.wait(5)
        return Outcome("已写入")
    job = jobs.write(page, act, then=came.append)
    started.wait(5)
    job.cancel()
    gate.set()
    assert jobs.wait_idle(5)
    assert came == ["已写入"]


def test_a_queued_write_can_be_cancelled(jobs, page):
    gate, ran, came = threading.Event(), [], []
    jobs.write(page, lambda: (gate.wait(5), Outcome(0))[1])
    jobs.write(page, lambda: (ran.append(1), Outcome(1))[1], then=came.append).cancel()
    gate.set()
    assert jobs.wait_idle(5)
    assert (ran, came) == ([], [])


def test_reports_are_not_more_than_the_eye_can_follow(jobs, page):
    told = []
    jobs.progress.connect(lambda job, done, total, words: told.append(done))

    def count(report):
        for number in range(20000):
            report(number, 20000)
        report(20000, 20000)
    jobs.read(page, count)
    assert jobs.wait_idle(8)
    assert told[0] == 0 and told[-1] == 20000 and len(told) < 60


def test_only_a_slow_job_is_announced(jobs, page, qtbot):
    slow = []
    jobs.slow.connect(slow.append)
    jobs.read(page, lambda: None)
    late = jobs.read(page, time.sleep, (SLOW_MS + 150) / 1000, doing="正在查询")
    assert jobs.wait_idle(5)
    qtbot.wait(60)
    assert slow == [late] and late.doing == "正在查询"


def test_no_owner_is_needed(jobs):
    came = []
    jobs.read(None, lambda: 3, then=came.append)
    assert jobs.wait_idle(5) and came == [3]


def test_waiting_ends_at_its_time_limit(jobs):
    gate = threading.Event()
    jobs.read(None, gate.wait, 5)
    assert not jobs.wait_idle(0.05)
    gate.set()
    assert jobs.wait_idle(5)


def test_leaving_stops_reads_and_lets_writes_end(styled):
    jobs, came, gate = Jobs(), [], threading.Event()
    jobs.write(None, lambda: (gate.wait(5), Outcome("written"))[1], then=came.append)
    jobs.read(None, lambda: "read", then=came.append)
    threading.Timer(0.05, gate.set).start()
    assert jobs.close(5)
    assert came == ["written"]


def test_news_from_another_desk_is_passed_on(jobs):
    topics = []
    jobs.changed.connect(topics.append)
    jobs.announce(["documents", "tasks"])
    assert topics == [frozenset({"documents", "tasks"})]


def test_a_stall_is_measured_and_has_a_place(styled, qtbot):
    watch = StallWatch()
    qtbot.wait(30)
    watch.reset()

    def stand_still():
        time.sleep(0.12)
    stand_still()
    qtbot.wait(20)
    assert 100 <= watch.longest_ms < 2000
    assert watch.worst_moments[0].ms == pytest.approx(watch.longest_ms, abs=1)
    assert "stand_still" in watch.worst_moments[0].where
    watch.reset()
    qtbot.wait(30)
    assert watch.longest_ms < 100
    watch.stop()


def test_handing_work_over_does_not_hold_the_screen(jobs, page, qtbot):
    watch = StallWatch()
    qtbot.wait(20)
    watch.reset()
    for _ in range(30):
        jobs.read(page, time.sleep, 0.01)
    assert jobs.wait_idle(5)
    watch.stop()
    assert watch.longest_ms < 400, watch.worst_moments
