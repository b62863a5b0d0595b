"""Two desks at the same moment: one order of locks, one register, one picture for the reader."""

import os
import threading
import time
from collections import Counter
from functools import partial

import pytest
from sqlalchemy import select, text

from oa_client.domain.errors import Conflict, Invalid, OaError
from oa_client.domain.flow import Command
from oa_client.store import unit
from oa_client.store.work_tables import Task
from oa_client.usecases import acting, intake, lists, recalling, setting_up, viewing
from oa_client.usecases.papers import NewFile


def together(*stories):
    """Let each run on a thread of its own from the same moment; gives its result or the sentence, and the longest time in seconds."""
    answers, barrier = [None] * len(stories), threading.Barrier(len(stories))

    def run(place, story):
        barrier.wait()
        try:
            answers[place] = story()
        except OaError as problem:
            answers[place] = problem

    begun = time.monotonic()
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(stories)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, time.monotonic() - begun


def test_withdrawing_and_acting_never_wait_for_each_other(bureau):
    for number in range(12):
        paper = bureau.register(number=f"撤{number}")
        bureau.act("110001", paper, "to_propose")
        view = viewing.show(bureau.desk("110003"), paper)
        seen = acting.Seen(view.tasks[0].version, view.version)
        command = Command("to_leader", "请批示。", {"leader": (bureau.person("100101"),)})
        mine, other = bureau.desk("110001"), bureau.desk("110003")
        answers, _seconds = together(lambda desk=mine, paper=paper: recalling.withdraw(desk, paper).value,
                                     lambda desk=other, task=view.tasks[0].id, seen=seen, command=command: acting.act(desk, task, command, seen).value)
        assert Counter(isinstance(answer, Conflict) for answer in answers) == {True: 1, False: 1}
        assert not any("同时提交" in str(answer) for answer in answers), "the database had to break a deadlock"
    assert setting_up.check(bureau.engine) == []


def test_opening_waits_for_a_withdrawal_and_finds_it_done(bureau, monkeypatch):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    reviewer, task = bureau.desk("110003"), viewing.show(bureau.desk("110003"), paper).tasks[0].id
    judge, opening = recalling.withdrawable, threading.Thread(target=lambda: acting.mark_seen(reviewer, task))

    def slowly(*given):
        found = judge(*given)
        opening.start()
        opening.join(0.3)
        return found

    monkeypatch.setattr(recalling, "withdrawable", slowly)
    recalling.withdraw(bureau.desk("110001"), paper)
    opening.join()
    with unit.look(bureau.engine) as session:
        assert session.execute(select(Task.state, Task.seen_at).where(Task.id == task)).one() == ("cancelled", None)


def test_one_paper_is_registered_once_however_many_clerks_hold_it(bureau):
    file = NewFile("来文.txt", b"same" * 1000, "original", "txt", 1, "同一件")
    for number in ("江公通〔2026〕77号", ""):
        form = intake.IntakeForm("同一件", "江北省公安厅", number, organ_id=bureau.units["root"], files=(file,) if not number else ())
        desks = [bureau.desk(login) for login in ("110001", "110002") * 2]
        answers, _seconds = together(*[lambda desk=desk, form=form: intake.register(desk, form).value for desk in desks])
        assert sum(isinstance(answer, int) for answer in answers) == 1
        assert sum(isinstance(answer, Invalid) and "重复" in str(answer) for answer in answers) == 3


def test_the_same_files_in_another_order_do_not_deadlock(bureau):
    files = [NewFile(f"{number}.bin", os.urandom(300_000), "attachment") for number in range(5)]

    def register(desk, number):
        form = intake.IntakeForm(f"第{number}件", "某单位", f"甲〔2026〕{number}号", organ_id=bureau.units["root"],
                                 files=tuple(files if number % 2 else files[::-1]))
        return intake.register(desk, form).value

    answers, _seconds = together(*[partial(register, bureau.desk("110001"), number) for number in range(1, 5)])
    assert all(isinstance(answer, int) for answer in answers), answers


def test_a_reader_sees_one_picture_while_others_write(bureau):
    with unit.look(bureau.engine) as session:
        first = session.scalar(text("SELECT count(*) FROM document"))
        bureau.register()
        assert session.scalar(text("SELECT count(*) FROM document")) == first
    assert lists.counts(bureau.desk("110001"))["receive"] == first + 1


def test_opening_a_second_time_tells_nobody(bureau, monkeypatch):
    paper = bureau.register()
    desk, task = bureau.desk("110001"), viewing.show(bureau.desk("110001"), paper).tasks[0].id
    assert acting.mark_seen(desk, task).topics == {"todo"}
    monkeypatch.setattr(acting.Desk, "unit", lambda _desk: pytest.fail("written although nothing changed"))
    assert acting.mark_seen(desk, task).topics == frozenset()


def test_counts_are_the_totals_of_their_lists(bureau):
    papers = [bureau.register(number=f"数〔2026〕{number}号") for number in range(4)]
    bureau.act("110001", papers[0], "to_read", picks={"readers": (bureau.person("110001"), bureau.unit("traffic"))})
    bureau.act("110001", papers[1], "reject", "不属本机关。")
    bureau.draft()
    for login in ("110001", "110002", "110003", "100101", "120003", "130002", "100901"):
        counts = lists.counts(bureau.desk(login))
        assert {box: lists.page(bureau.desk(login), box).total for box in lists.BOXES} == {box: counts[box] for box in lists.BOXES}
