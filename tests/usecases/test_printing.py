"""A print is on record before it is made; a guest's is stamped, and a guest prints no handling sheet."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from oa_client.domain.errors import NotFound, Refused
from oa_client.domain.happenings import words
from oa_client.render.pdf_text import pdf_text
from oa_client.store import unit as transactions
from oa_client.store.access_tables import Share
from oa_client.store.audit_tables import Event
from oa_client.usecases import exporting, printing, sharing
from tests.usecases.test_library import filed


def noted(bureau):
    with transactions.look(bureau.engine) as session:
        return [(login, words(action, json.loads(detail))) for login, action, detail in session.execute(
            select(Event.login, Event.action, Event.detail).where(Event.action == "print").order_by(Event.id))]


def lend(bureau, paper):
    desk = bureau.desk("110001")
    sharing.share(desk, paper, (bureau.person("130003"),), desk.today() + timedelta(days=3), "联合整治需要")


def test_who_handled_it_prints_without_a_stamp(bureau):
    paper = filed(bureau)
    assert printing.note_print(bureau.desk("110001"), paper, printing.SHEET).value == ""
    assert noted(bureau) == [("110001", "打印处理单")]


def test_a_guest_prints_with_the_own_name_but_not_the_handling(bureau):
    paper = filed(bureau)
    with pytest.raises(NotFound):
        printing.note_print(bureau.desk("130003"), paper, "正文")
    lend(bureau, paper)
    guest = bureau.desk("130003")
    assert re.fullmatch(rf"顾南星 130003 {guest.today():%Y-%m-%d} \d\d:\d\d", printing.note_print(guest, paper, "正文").value)
    with pytest.raises(Refused, match="只能阅看"):
        printing.note_print(guest, paper, printing.SHEET)
    with pytest.raises(Refused, match="只能阅看"):
        exporting.sheet_pdf(guest, paper)
    assert noted(bureau) == [("130003", "打印正文")]


def test_nothing_is_printed_after_the_last_day(bureau):
    paper = filed(bureau)
    lend(bureau, paper)
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Share).values(ends_on=bureau.desk("130003").today() - timedelta(days=1)))
    with pytest.raises(NotFound):
        printing.note_print(bureau.desk("130003"), paper, "正文")
    assert noted(bureau) == []


def test_words_become_pages():
    data = printing.words_pdf("关于冬季防控的通知", "各单位：\n请落实。")
    assert "请落实。" in pdf_text(data)[0]
