"""Settings: the look at once, one's own password, common phrases, the database and its caution, the layout, about."""

from importlib import metadata

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.pages.about_card import AboutCard
from oa_client.ui.pages.phrases_editor import MOST, PhrasesEditor
from oa_client.ui.pages.settings_page import SettingsPage
from oa_client.usecases import signing_in
from oa_client.usecases.connecting import CAUTION
from tests.small_bureau import PASSWORD
from tests.ui.entering import office_of, press, settle, words_of


@pytest.fixture
def page(small, jobs, qtbot):
    office = office_of(small, jobs, "110001")
    made = SettingsPage(office)
    made.office = office
    qtbot.addWidget(made)
    made.resize(900, 1400)
    made.show()
    settle(jobs)
    yield made
    office.scratch.close()


def test_text_size_and_colour_are_applied_at_once_and_remembered(page, styled):
    page.sizes["xlarge"].click()
    page.themes["dark"].click()
    assert (theme.tokens().size, theme.tokens().theme) == ("xlarge", "dark")
    assert (Settings.load().text_size, Settings.load().theme) == ("xlarge", "dark")
    page.sizes["normal"].click()
    page.themes["light"].click()
    assert (theme.tokens().size, theme.tokens().theme) == ("normal", "light")


def test_a_single_desk_database_carries_its_caution(page, small):
    assert CAUTION in words_of(page)
    assert f"单机库　{small.engine.url.database}" in words_of(page)


def test_a_shared_database_does_not(small, jobs, qtbot):
    office = office_of(small, jobs, "110001")
    office.url = "postgresql://u@10.1.1.9/oa"
    page = SettingsPage(office)
    qtbot.addWidget(page)
    page.show()
    assert CAUTION not in words_of(page)
    assert "共享库　10.1.1.9 上的 oa" in words_of(page)
    office.scratch.close()


def test_ones_own_password_is_changed(page, jobs, small):
    press(page, "修改密码")
    fields = page.password.fields
    fields["old"].setText(PASSWORD)
    fields["new"].setText("Xin-mima-2026")
    fields["again"].setText("Xin-mima-2026")
    press(page, "设为新密码")
    settle(jobs)
    assert "密码已修改" in words_of(page)
    assert not page.password.isVisible()
    assert signing_in.sign_in(small.engine, "110001", "Xin-mima-2026").actor.login == "110001"


def test_a_wrong_old_password_is_said_under_its_field(page, jobs):
    page.show_password()
    fields = page.password.fields
    fields["old"].setText("wrong")
    fields["new"].setText("Xin-mima-2026")
    fields["again"].setText("Xin-mima-2026")
    QTest.keyClick(fields["again"], Qt.Key.Key_Return)
    settle(jobs)
    assert "原密码不对。" in words_of(page)
    assert page.password.isVisible()


def test_thinking_better_of_it_forgets_what_was_typed(page):
    press(page, "修改密码")
    page.password.fields["old"].setText(PASSWORD)
    press(page, "暂不修改")
    press(page, "修改密码")
    assert page.password.fields["old"].text() == ""


def test_database_and_layout_are_asked_for(page, qtbot):
    with qtbot.waitSignal(page.other_database):
        press(page, "换一个数据库")
    with qtbot.waitSignal(page.layout_reset):
        press(page, "恢复窗口布局")


def test_every_control_has_a_name(page):
    for each in [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)]:
        assert not each.isVisible() or each.accessibleName() or each.text(), each


@pytest.fixture
def editor(styled, qtbot):
    made = PhrasesEditor(Settings(phrases=["同意。", "已阅。"]))
    qtbot.addWidget(made)
    made.show()
    return made


def kept() -> list[str]:
    return Settings.load().phrases


def test_a_phrase_is_added_by_enter(editor):
    QTest.keyClicks(editor.field, " OK ")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert kept() == ["同意。", "已阅。", "OK"]
    assert editor.field.text() == ""
    assert editor.list.currentRow() == 2


def test_a_phrase_that_is_there_is_only_chosen(editor):
    editor.field.setText("同意。")
    editor.add()
    assert editor.phrases() == ["同意。", "已阅。"]
    assert editor.list.currentRow() == 0


def test_phrases_are_moved_changed_and_taken_away(editor):
    editor.list.setCurrentRow(1)
    editor.up.click()
    assert kept() == ["已阅。", "同意。"]
    assert not editor.up.isEnabled()
    editor.list.item(0).setText("已阅处。")
    assert kept() == ["已阅处。", "同意。"]
    editor.remove.click()
    assert kept() == ["同意。"]
    editor.list.setCurrentRow(0)
    editor.remove.click()
    assert kept() == []
    assert not editor.list.isVisible()


def test_an_emptied_phrase_is_not_kept(editor):
    editor.list.item(0).setText("  ")
    assert kept() == ["已阅。"]


def test_the_list_ends_somewhere(editor):
    for number in range(MOST + 5):
        editor.field.setText(f"第 {number} 条")
        editor.add()
    assert len(kept()) == MOST


def test_about_names_version_licence_and_the_works_of_others(styled, qtbot):
    card = AboutCard()
    qtbot.addWidget(card)
    card.show()
    assert "版本 0.1.0" in words_of(card)
    assert "MIT 许可证" in words_of(card)
    assert "SQLAlchemy" not in words_of(card)
    card.fold.click()
    assert "SQLAlchemy" in words_of(card)
    assert metadata.version("SQLAlchemy") in words_of(card)
    assert card.fold.text() == "收起第三方组件"
    card.fold.click()
    assert "SQLAlchemy" not in words_of(card)


def test_the_works_named_are_those_that_are_installed(styled):
    from pathlib import Path

    from oa_client.ui.pages.about_card import WORKS, works

    pinned = (Path(__file__).parent.parent.parent / "requirements" / "run.in").read_text("utf-8").splitlines()
    names = {line.split("=")[0].split(">")[0].split("[")[0].strip() for line in pinned if line.strip() and not line.startswith("#")}
    assert set(WORKS) == names
    assert len(works()) == len(WORKS)
    assert all(version and licence for _, version, licence in works())
