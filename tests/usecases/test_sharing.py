"""Sharing finished documents across units: read-only, for a time, logged, revocable, without the handling."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from oa_client.domain.errors import Conflict, Invalid, NotFound, Refused
from oa_client.store import unit as transactions
from oa_client.store.access_tables import Share
from oa_client.usecases import exporting, library, lists, sharing, viewing
from oa_client.usecases.papers import NewFile
from tests.usecases.test_library import filed

BODY = "各市公安局：现就冬季治安防控有关事项通知如下。"


def lend(bureau, paper, to, by="110001", days=30, reason="联合整治需要"):
    desk = bureau.desk(by)
    return sharing.share(desk, paper, (to,), desk.today() + timedelta(days=days), reason)


def share_id(bureau, paper, by="110001"):
    return viewing.show(bureau.desk(by), paper).shares[0].id


@pytest.mark.parametrize("whom", ["person", "unit"])
def test_a_guest_reads_the_text_but_not_the_handling(bureau, whom):
    file = NewFile("附件一.txt", "清单".encode(), "original", "txt", 1, "清单")
    paper = filed(bureau, body=BODY, files=(file,))
    guest = bureau.desk("130003")
    with pytest.raises(NotFound):
        viewing.show(guest, paper)
    done = lend(bureau, paper, bureau.person("130003") if whom == "person" else bureau.unit("traffic"))
    assert done.notice.startswith("已共享给顾南星，至" if whom == "person" else "已共享给交警支队，至")
    view = viewing.show(guest, paper)
    assert (view.body, view.timeline, view.tasks, view.waiting, view.shares) == (BODY, (), (), (), ())
    assert view.watermark == f"顾南星 130003 {guest.today():%Y-%m-%d}" and view.lent_until == guest.today() + timedelta(days=30)
    assert all(not lines for _label, lines in view.sheet["sections"])
    assert viewing.read_attachment(guest, view.attachments[0].id)[2].decode() == "清单"
    assert lists.counts(guest)["lent"] == 1 and [row.id for row in lists.page(guest, "lent").rows] == [paper]
    assert lists.counts(guest)["receive"] == 0
    assert library.search(guest, library.LibraryFilter("治安防控")).total == 1
    with pytest.raises(Refused, match="只能阅看"):
        exporting.export(guest, paper, None)
    with pytest.raises(Refused, match="只有办理过本件"):
        lend(bureau, paper, bureau.person("120003"), by="130003")
    if whom == "person":
        with pytest.raises(NotFound):
            viewing.show(bureau.desk("130002"), paper)


def test_it_ends_when_taken_back(bureau):
    paper = filed(bureau)
    lend(bureau, paper, bureau.person("130003"))
    assert viewing.show(bureau.desk("130003"), paper).id == paper
    with pytest.raises(Refused, match="不能由您收回"):
        sharing.end(bureau.desk("110002"), share_id(bureau, paper))
    sharing.end(bureau.desk("100101"), share_id(bureau, paper))
    with pytest.raises(NotFound):
        viewing.show(bureau.desk("130003"), paper)
    assert lists.counts(bureau.desk("130003"))["lent"] == 0
    with pytest.raises(Conflict):
        sharing.end(bureau.desk("110001"), share_id(bureau, paper))
    said = [entry.words for entry in viewing.show(bureau.desk("110001"), paper).timeline]
    assert any(words.startswith("共享给顾南星，至") for words in said) and "收回对顾南星的共享" in said


def test_it_ends_with_its_last_day(bureau):
    paper = filed(bureau)
    lend(bureau, paper, bureau.person("130003"))
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Share).values(ends_on=bureau.desk("130003").today() - timedelta(days=1)))
    with pytest.raises(NotFound):
        viewing.show(bureau.desk("130003"), paper)
    assert library.search(bureau.desk("130003"), library.LibraryFilter("治安防控")).total == 0
    assert not viewing.show(bureau.desk("110001"), paper).shares[0].active


@pytest.mark.parametrize(("by", "change", "said"), [
    ("110001", {"days": 0, "reason": " "}, "理由"), ("110001", {"days": 400}, "共享期限"), ("110001", {"days": -1}, "共享期限"),
])
def test_for_a_time_and_a_reason(bureau, by, change, said):
    paper = filed(bureau)
    with pytest.raises(Invalid, match=said):
        lend(bureau, paper, bureau.person("130003"), by, **change)


def test_a_running_paper_is_not_shared(bureau):
    paper = bureau.register()
    with pytest.raises(Refused, match="办结或归档以后"):
        lend(bureau, paper, bureau.person("130003"))


def test_nobody_is_lent_to_an_administrator_of_the_system(bureau):
    paper = filed(bureau)
    with pytest.raises(Invalid, match="不能作为共享对象"):
        lend(bureau, paper, bureau.person("100901"))
