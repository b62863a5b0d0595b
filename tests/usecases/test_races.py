"""Many desks at once, as real processes on both databases: one wins, numbers have no gap and no repeat."""

from collections import Counter

import pytest
from sqlalchemy import text

from oa_client.store.guard import guarded
from oa_client.usecases import setting_up, viewing
from oa_client.usecases.desk import local, now
from tests.usecases.crowd import Press, crowd
from tests.usecases.test_send_flow import walk_to_number

ROUNDS, CROWD, CLERKS, EACH, USUAL = 50, 32, 16, 4, 12


@pytest.fixture(scope="module")
def together():
    with crowd(CROWD) as press:
        yield press


@pytest.fixture(autouse=True)
def many_at_one_login(bureau):
    """Each of the processes is a workstation; here many of them share one officer."""
    limit(bureau, 2 * CROWD)


def limit(bureau, sessions):
    """Allow each of the officers who press here so many sessions."""
    if guarded(bureau.engine):
        with bureau.engine.begin() as connection:
            for login in ("110001", "110002", "120001", "130001", "110005"):
                connection.execute(text(f'ALTER ROLE "{bureau.engine.url.database}_{login}" CONNECTION LIMIT {sessions}'))


def sound(bureau):
    """Whether nothing is wrong with the database, the limits being as they were."""
    limit(bureau, USUAL)
    return setting_up.check(bureau.engine) == []


def a_press(bureau, login, document_id, action, **fields):
    view = viewing.show(bureau.desk(login), document_id)
    task = view.tasks[0]
    return Press(bureau.url, login, task.id, action, task.version, view.version, tuple(fields.items()))


@pytest.mark.race
def test_one_of_many_presses_wins_in_every_round(bureau, together):
    papers = [bureau.register(number="", title=f"第{number}轮") for number in range(ROUNDS)]
    seen = {login: [a_press(bureau, login, paper, "to_propose") for paper in papers] for login in ("110001", "110002")}
    answers = together([seen["110001" if place % 2 else "110002"] for place in range(CROWD)])
    for number, paper in enumerate(papers):
        assert Counter(answer[number] for answer in answers) == {"done": 1, "conflict": CROWD - 1}
        timeline = viewing.show(bureau.desk("110001"), paper).timeline
        assert sum(entry.words == "初审：送拟办" for entry in timeline) == 1
    assert sound(bureau)


@pytest.mark.race
def test_numbers_have_no_gap_and_no_repeat(bureau, together):
    papers = [walk_to_number(bureau) for _ in range(CLERKS * EACH)]
    presses = [a_press(bureau, "110001", paper, "number", code="云公通", copies="3") for paper in papers]
    shares = [presses[place * EACH:(place + 1) * EACH] for place in range(CLERKS)]
    stale = [presses[place * EACH:(place + 1) * EACH] for place in range(CROWD - CLERKS)]
    answers = together(shares + stale)
    assert Counter(answer for own in answers for answer in own) == {"done": len(papers), "conflict": (CROWD - CLERKS) * EACH}
    numbers = {viewing.show(bureau.desk("110001"), paper).number for paper in papers}
    assert numbers == {f"云公通〔{local(now()).year}〕{seq}号" for seq in range(1, len(papers) + 1)}


@pytest.mark.race
def test_two_returns_at_once_do_not_deadlock(bureau, together):
    papers = []
    for number in range(10):
        paper = bureau.draft(title=f"云岚市公安局关于第{number}项工作的通知")
        bureau.act("110003", paper, "submit", fields={"explain": "已核实"})
        bureau.act("110003", paper, "to_countersign", picks={"countersigners": tuple(bureau.person(login) for login in ("130001", "120001", "110005")),
                                                             "signer": (bureau.person("100101"),)})
        papers.append(paper)
    logins = ("130001", "120001", "110005")
    seen = {login: [a_press(bureau, login, paper, "agree") for paper in papers] for login in logins}
    answers = together([seen[logins[place % 3]] for place in range(CROWD)])
    assert Counter(answer for own in answers for answer in own) == {"done": 30, "conflict": CROWD * 10 - 30}
    assert {viewing.show(bureau.desk("110003"), paper).where for paper in papers} == {"签发：江承岳"}
