"""The register's fields (收文登记簿): offered from the paper, typed by the officer, kept as plain values."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from oa_client.domain.intake_reading import Reading
from oa_client.ui import theme
from oa_client.ui.draft.title_edit import TitleEdit
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.number import Number
from oa_client.usecases.intake import IntakeForm
from oa_client.usecases.papers import NewFile
from oa_client.usecases.rules import document_types, reading_rules, urgencies

READ = ("title", "from_organ", "number", "doc_date", "doc_type", "main_to", "urgency")
NATURES = (("handle", "批办件"), ("read", "阅知件"))
DATES = ("doc_date", "received_on", "due_on")
MOST_COPIES = 9999


class IntakeFields(FormGrid):
    """A value somebody typed or chose is never overwritten by a reading; the others follow the paper."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._grid.setVerticalSpacing(theme.tokens().space[1])
        self._typed: set[str] = set()
        self._why: dict[str, str] = {}
        self._paper_fields()
        self._register_fields()
        self.show_row("organ_id", False)
        self.edited.connect(self._touch)
        self.reset()

    def _paper_fields(self) -> None:
        self.add_section("来文")
        self.add("title", "标题", TitleEdit("公文标题"), required=True)
        self.add("from_organ", "来文单位", QLineEdit(), required=True)
        self.add("number", "来文字号", QLineEdit())
        self.add("doc_date", "成文日期", DateEdit())
        self.add("doc_type", "文种", Choice([(name, name) for name in document_types()], none="未标明"))
        self.add("main_to", "主送", QLineEdit())
        self.add("urgency", "紧急程度", Choice([(name, name) for name in reversed(urgencies())]))
        marks = [(mark, mark) for mark in reversed(reading_rules().words["secrecy"])]
        self.add("secrecy", "密级", Choice([("", "无"), *marks]))

    def _register_fields(self) -> None:
        self.add_section("登记")
        self.add("nature", "办理性质", Choice(NATURES))
        self.add("due_on", "办理期限", DateEdit(empty="不限"))
        self.add("received_on", "收文日期", DateEdit())
        self.add("copies", "份数", Number(1, MOST_COPIES, 1, "份"))
        self._organ = Choice()
        self.add("organ_id", "收文机关", self._organ)

    def set_organs(self, organs: tuple[tuple[int, str], ...]) -> None:
        """The organs registered for; with a single one there is nothing to ask."""
        self._organ.set_options(organs)
        self._typed.discard("organ_id")
        self.show_row("organ_id", len(organs) > 1)

    def reset(self) -> None:
        """Empty fields, today's date, one copy; the organ stays."""
        self._typed.clear()
        blank = dict.fromkeys(READ) | {"urgency": urgencies()[-1], "secrecy": "", "received_on": self._today, "copies": 1, "nature": "handle", "due_on": None}
        self.set_values(blank)
        self._explain({})
        self.clear_errors()

    def offer(self, reading: Reading) -> None:
        """Fill what nobody typed with what was read; what is unsure is tinted until touched, with the reason as tooltip."""
        guesses = {"number": reading.from_number, **{key: getattr(reading, key) for key in READ if key != "number"}}
        known = {key: guess for key, guess in guesses.items() if key not in self._typed}
        values = {key: guess.value for key, guess in known.items()}
        if "doc_type" in values:
            values["doc_type"] = next((name for name in document_types() if values["doc_type"].startswith(name)), None)
        unsure = [key for key, guess in known.items() if not guess.sure and values[key]]
        if reading.secrecy.value and "secrecy" not in self._typed:
            values["secrecy"], known["secrecy"] = "", reading.secrecy
            unsure.append("secrecy")
        self.set_values(values, unsure)
        self._explain({key: guess.why for key, guess in known.items()})

    def withdraw(self) -> None:
        """The paper is gone: what was read out of it goes too."""
        blank = dict.fromkeys(READ) | {"urgency": urgencies()[-1]}
        self.set_values({key: value for key, value in blank.items() if key not in self._typed})
        self._explain({})

    def touched(self) -> bool:
        """Whether somebody typed or chose anything."""
        return bool(self._typed)

    def form(self, files: tuple[NewFile, ...], repeat_known: bool) -> IntakeForm:
        """The form for the register."""
        given: dict[str, Any] = {key: value if value is not None or key in DATES else "" for key, value in self.values().items()}
        return IntakeForm(**{**given, "organ_id": given["organ_id"] or 0}, files=files, repeat_known=repeat_known)

    def snapshot(self) -> dict[str, Any]:
        """All of it as plain values that can be kept on this PC."""
        values = {key: value.isoformat() if isinstance(value, date) else value for key, value in self.values().items()}
        return {"values": values, "typed": sorted(self._typed), "unsure": list(self.unsure()), "why": self._why}

    def restore(self, kept: dict[str, Any]) -> None:
        """Put back what `snapshot` gave."""
        values = {key: date.fromisoformat(value) if key in DATES and value else value for key, value in kept["values"].items()}
        self.set_values(values, kept["unsure"])
        self._typed = set(kept["typed"])
        self._explain(kept["why"])

    def _touch(self, key: str) -> None:
        self._typed.add(key)
        self.field(key).setToolTip("")
        self._why.pop(key, None)

    def _explain(self, why: dict[str, str]) -> None:
        self._why = dict(why)
        for key in (*READ, "secrecy"):
            self.field(key).setToolTip(why.get(key, ""))

