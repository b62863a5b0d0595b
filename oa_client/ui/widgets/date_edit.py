"""A date that may be empty, with a Chinese calendar."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from oa_client.ui import theme

_EMPTY = QDate(1900, 1, 1)
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class DateEdit(QDateEdit):
    """Shows 年-月-日, or `empty` while there is none. Delete empties it, a digit or the arrow begins with today."""

    changed = Signal()

    def __init__(self, value: date | None = None, empty: str = "未填写", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setMinimumDate(_EMPTY)
        self.setSpecialValueText(empty)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._calendar = _Calendar(self)
        self.setCalendarWidget(self._calendar)
        self.set_value(value)
        self.dateChanged.connect(lambda _: self.changed.emit())

    def value(self) -> date | None:
        """The date, or None while empty."""
        day = self.date()
        return None if day == _EMPTY else date(day.year(), day.month(), day.day())

    def set_value(self, value: date | None) -> None:
        """Show a date; None empties the field."""
        self.setDate(QDate(value.year, value.month, value.day) if value else _EMPTY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLEARING and self.lineEdit().selectedText() in ("", self.text()):
            self.set_value(None)
            return
        if self.value() is None and event.text().isdigit():
            self.setDate(QDate.currentDate())
            self.setSelectedSection(QDateEdit.Section.YearSection)
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through year, month and day; Qt would hold it for ever in an empty field, which has none of them."""
        return QWidget.focusNextPrevChild(self, next) if self.value() is None else super().focusNextPrevChild(next)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Calendar(QCalendarWidget):
    """Weeks begin on Monday; Saturdays and Sundays look like other days, for the working calendar is not the week's."""

    def __init__(self, field: DateEdit) -> None:
        super().__init__(field)
        self._field = field
        self.setLocale(field.locale())
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setGridVisible(False)
        self.setAccessibleName("日历")
        self.setMinimumWidth(theme.tokens().font * 22)
        self.setMinimumHeight(theme.tokens().font * 18)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        now = theme.tokens()
        words = QTextCharFormat()
        words.setForeground(now.colour("text"))
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, words)
        head = QTextCharFormat()
        head.setForeground(now.colour("secondary"))
        head.setBackground(now.colour("raised"))
        self.setHeaderTextFormat(head)
        if self._field.value() is None:
            today = QDate.currentDate()
            self.setCurrentPage(today.year(), today.month())
