"""To whom a document goes: units of the bureau, chosen from the directory, and outside organs, typed by name."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from oa_client.ui.widgets.people_picker import PeoplePicker, Pick
from oa_client.usecases.writing import Target

OUTSIDE = "局外机关"
_NAME = "name:"
_STOPS = str.maketrans("，,;；\n\t", "、、、、、、")


class AddresseeField(PeoplePicker):
    """The words typed are offered as an outside organ too, after the units that fit; several, parted by 、, are taken at once."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__("unit", hint=hint, parent=parent)

    def set_units(self, units: Sequence[Pick], full_names: Sequence[str], outside: Sequence[str]) -> None:
        """Offer units (those in `full_names`, by their holders, are addressed by the full name) and known outside organs."""
        chosen = {holder: self._picks[holder] for holder in self.chosen()}
        known = [replace(pick, name=pick.detail, detail=pick.name) if pick.holder in full_names else pick for pick in units]
        self.set_choices([*known, *(_outside(name) for name in outside)])
        self._picks |= {holder: pick for holder, pick in chosen.items() if holder not in self._picks}

    def targets(self, main: bool) -> tuple[Target, ...]:
        """Those chosen, as the draft's receivers."""
        found = (self._picks[holder] for holder in self.chosen())
        return tuple(Target(pick.name, _unit_id(pick.holder), main) for pick in found)

    def set_targets(self, targets: Sequence[Target]) -> None:
        """Choose exactly these, whether the directory knows them or not."""
        picks = [_outside(item.name) if item.unit_id is None else Pick(f"unit:{item.unit_id}", item.name, is_unit=True) for item in targets]
        for pick in picks:
            self._picks.setdefault(pick.holder, pick)
        self.set_chosen([pick.holder for pick in picks])

    def pending(self) -> str:
        """Words typed but not yet taken."""
        return self.input.text().strip()

    def matches(self, typed: str) -> list[Pick]:
        """Units and known organs that fit, and last the words themselves as an outside organ."""
        found = super().matches(typed)
        names = _parted(typed)
        known = {pick.name for pick in self._picks.values()}
        if len(names) == 1 and names[0] not in known:
            found.append(_outside(names[0]))
        elif len(names) > 1:
            found.insert(0, Pick(_NAME + "、".join(names), "、".join(names), f"共 {len(names)} 个", is_unit=True))
        return found

    def _take(self, holder: str) -> None:
        if not holder.startswith(_NAME):
            super()._take(holder)
            return
        for name in _parted(holder.removeprefix(_NAME)):
            known = next((pick for pick in self._picks.values() if name in (pick.name, pick.detail)), _outside(name))
            self._picks.setdefault(known.holder, known)
            if known.holder not in self.chosen():
                super()._take(known.holder)
        self.input.clear()


def _outside(name: str) -> Pick:
    return Pick(_NAME + name, name, is_unit=True, note=OUTSIDE)


def _unit_id(holder: str) -> int | None:
    kind, _, number = holder.partition(":")
    return int(number) if kind == "unit" else None


def _parted(typed: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in typed.translate(_STOPS).split("、") if part.strip()))
