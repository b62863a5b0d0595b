"""Acting in the document window as an officer does: choose the action, people, words, press."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.domain.flow import Choice
from oa_client.tour.cast import Cast
from oa_client.tour.guide import Guide, Lost
from oa_client.ui.document.window import DocumentWindow
from oa_client.ui.widgets.people_picker import PeoplePicker


def prepared(window: DocumentWindow) -> Choice:
    """The action at the right end of the bar, which the next press carries out."""
    chosen = window.bar.work.chosen
    if chosen is None:
        raise Lost("现在没有要办的操作")
    return chosen


def choose(guide: Guide, window: DocumentWindow, action: str) -> None:
    """Bring an action to the right end of the bar, where it can be read before it is pressed."""
    work = window.bar.work
    if prepared(window).key == action:
        return
    assert work.task is not None
    title = next(choice.action.title for choice in work.task.choices if choice.key == action)
    other = next((button for button in work.buttons.others if button.text() == title), None)
    if other is None:
        raise Lost(f"没有「{title}」按钮")
    guide.press(other)


def pick(guide: Guide, window: DocumentWindow, slot: str, typed: str) -> None:
    """Choose somebody by typing a name, initials, a unit or a police number, and Enter."""
    field = window.bar.work.forms[prepared(window).key].field(slot, PeoplePicker)
    before = field.chosen()
    guide.type(field.input, typed)
    guide.breathe(30)
    guide.key(field.input, Qt.Key.Key_Return)
    guide.wait(lambda: field.chosen() != before, f"选中「{typed}」", 5)


def say(guide: Guide, window: DocumentWindow, words: str) -> None:
    """Type an opinion."""
    guide.type(window.bar.work.left.box.field, words)


def press(guide: Guide, cast: Cast, window: DocumentWindow, number: int, stands: str, login: str = "") -> None:
    """Press the prepared action and check where the document is afterwards."""
    sentence = window.bar.work.sentence.text()
    guide.check("按下之前说明会发生什么", sentence.startswith("将") and sentence.endswith("。"), sentence)
    guide.press(window.bar.work.buttons.primary)
    where = cast.view(number).where
    guide.check(f"到了「{stands}」", where.startswith(stands), where)


def close(guide: Guide) -> None:
    """Close every window of the officer, as at the end of a matter."""
    session = guide.program.session
    if session is not None:
        session.office.close_windows()
    guide.settle()
    QApplication.processEvents()
