"""The sheet of shortcuts: what it lists is what the windows answer to."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oa_client.ui import shortcuts
from oa_client.ui.main_window import MainWindow
from oa_client.ui.pages import opening
from oa_client.ui.shortcuts import ShortcutSheet
from oa_client.ui.widgets.button import button, tool
from tests.ui.entering import office_of, settle, words_of


def test_the_main_windows_shortcuts_are_all_listed(small, jobs, qtbot, monkeypatch):
    monkeypatch.setattr(opening, "page", lambda _office, _key: QWidget())
    office = office_of(small, jobs, "110001")
    window = MainWindow(office)
    qtbot.addWidget(window)
    settle(jobs)
    installed = {each.key().toString() for each in window.findChildren(QShortcut)} | {window.navigation.fold_button.shortcut().toString()}
    numbers = {f"Ctrl+{at}" for at in range(10)}
    listed = {keys for keys, _ in shortcuts.MAIN if not keys.startswith("Ctrl+1")} | numbers
    assert installed == listed
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    [sheet] = [each for each in QApplication.topLevelWidgets() if isinstance(each, ShortcutSheet)]
    assert sheet.isVisible()
    assert "转到导航里的第几页" in words_of(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    office.scratch.close()


def test_a_window_adds_its_own(qtbot, styled):
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(button("保存", shortcut="Ctrl+S"))
    column.addWidget(tool("refresh", "刷新", shortcut="F5"))
    hidden = button("藏起来的", shortcut="Ctrl+H")
    column.addWidget(hidden)
    hidden.hide()
    qtbot.addWidget(window)
    window.show()
    sheet = ShortcutSheet(window)
    qtbot.addWidget(sheet)
    assert dict(shortcuts.of_window(window)) == {"Ctrl+S": "保存", "F5": "刷新"}
    assert sheet.groups[-1] == ("本窗口", (("Ctrl+S", "保存"),))
