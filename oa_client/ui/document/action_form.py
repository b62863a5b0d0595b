"""What one action asks for besides the opinion: people or units to choose, values to fill in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from oa_client.domain.actor import split
from oa_client.domain.flow import Choice as FlowChoice
from oa_client.domain.flow_definition import Field, Pick
from oa_client.ui.office import Office
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.people_picker import Mode, PeoplePicker
from oa_client.usecases import filing
from oa_client.usecases.filing import FilingProposal
from oa_client.usecases.views import DocumentView

FIRST_YEAR = 1949
MODES: dict[str, Mode] = {"person": "person", "unit": "unit", "both": "both"}


class ActionForm(FormGrid):
    """The fields of one choice of a to-do. `picks()` and `fields()` are what the command wants."""

    def __init__(self, office: Office, view: DocumentView, choice: FlowChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._view, self.choice = office, view, choice
        self._entered: set[str] = set()
        self._restored: dict[str, Any] = {}
        for pick in choice.action.picks:
            self._add_pick(pick)
        if any(field.kind == "retention" for field in choice.action.fields):
            office.jobs.read(self, filing.propose, office.desk, view.id, then=self._add_fields)
        else:
            self._add_fields(None)
        self._offer_people()
        office.directory_changed.connect(self._offer_people)
        self.edited.connect(self._note)

    def is_empty(self) -> bool:
        """Whether the action asks for nothing."""
        return not (self.choice.action.picks or self.choice.action.fields)

    def picks(self) -> dict[str, tuple[str, ...]]:
        """The chosen principals, for every pick of the action."""
        return {pick.key: self.field(pick.key, PeoplePicker).chosen() for pick in self.choice.action.picks}

    def fields(self) -> dict[str, str]:
        """The values as text; a date in the form 2026-01-31."""
        values = self.values()
        found = {field.key: values.get(field.key) for field in self.choice.action.fields}
        return {key: value.isoformat() if isinstance(value, date) else "" if value is None else str(value) for key, value in found.items()}

    def names(self) -> dict[str, list[str]]:
        """The names of the chosen, for the sentence above the button."""
        return {key: self._office.names(holders) for key, holders in self.picks().items()}

    def state(self) -> dict[str, Any]:
        """What was entered, in plain values that can be kept on this PC."""
        return {"picks": {key: list(value) for key, value in self.picks().items() if key in self._entered},
                "fields": {key: value for key, value in self.fields().items() if key in self._entered}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put back what `state` gave; keys that this action does not know are left out."""
        picks = {key: tuple(value) for key, value in dict(state.get("picks", {})).items() if key in self.picks()}
        self._entered |= set(picks)
        self.set_values(picks)
        self._restored = {**self._restored, **picks}
        kinds = {field.key: field.kind for field in self.choice.action.fields}
        values = {key: _typed(kinds[key], value) for key, value in dict(state.get("fields", {})).items() if key in kinds}
        self._entered |= set(values)
        self._restored = {**self._restored, **values}
        self.set_values(values)

    def _note(self, key: str) -> None:
        self._entered.add(key)
        self._restored.pop(key, None)

    def _add_pick(self, pick: Pick) -> None:
        picker = PeoplePicker(MODES.get(pick.kind, "both"), pick.max)
        self.add(pick.key, pick.title, picker, required=pick.min > 0)

    def _offer_people(self) -> None:
        """Fill the pickers from the directory; what the officer chose stays, else what the flow offers is chosen."""
        for pick in self.choice.action.picks:
            picker = self.field(pick.key, PeoplePicker)
            chosen = self._restored.get(pick.key) or picker.chosen()
            if pick.key not in self._entered:
                chosen = tuple(_as_choice(holder) for holder in self.choice.offered.get(pick.key, ()))
            picker.set_choices(self._office.picks(pick, self._view.organ_id, self._view.upward), tuple(self._office.settings.recent_people))
            self.set_values({pick.key: chosen})

    def _add_fields(self, proposal: FilingProposal | None) -> None:
        for field in self.choice.action.fields:
            hint = ""
            if proposal is not None and field.kind == "retention":
                hint = "；".join(part for part in (proposal.why, proposal.against) if part)
            elif proposal is not None and field.kind == "year":
                hint = proposal.year_note
            widget = self._widget(field, proposal)
            self.add(field.key, field.title, widget, required=field.key in self.choice.required_fields, hint=hint)
        self.set_values({key: value for key, value in self._restored.items() if key not in self.picks()})

    def _widget(self, field: Field, proposal: FilingProposal | None) -> QWidget:
        if field.kind == "date":
            return DateEdit()
        if field.kind == "code":
            return Choice([(code, code) for code in self._view.number_codes])
        if field.kind == "number":
            return _number(1, 9999, max(len(self._view.addressees), 1))
        if field.kind == "year":
            today = self._office.desk.today()
            return _number(FIRST_YEAR, today.year, proposal.year if proposal else today.year)
        if field.kind == "retention" and proposal is not None:
            periods = Choice(proposal.periods)
            periods.set_value(proposal.retention)
            return periods
        return QLineEdit()


def _number(least: int, most: int, value: int) -> QLineEdit:
    made = QLineEdit(str(value))
    made.setValidator(QIntValidator(least, most, made))
    return made


def _as_choice(holder: str) -> str:
    """A principal as the picker knows it: the pool of a unit is the unit."""
    kind, number = split(holder)
    return holder if kind == "person" else f"unit:{number}"


def _typed(kind: str, value: str) -> Any:
    """A kept text as the field's own value; the empty one when it does not fit."""
    if kind == "date":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value
