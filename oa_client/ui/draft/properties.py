"""What a draft is besides its text: organ, kind, receivers, openness, urgency, attachments."""

from typing import Any

from PySide6.QtWidgets import QWidget

from oa_client.ui import theme
from oa_client.ui.draft.addressee_field import AddresseeField
from oa_client.ui.draft.attachments import DraftAttachments
from oa_client.ui.draft.loading import Loaded
from oa_client.ui.office import Office
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.growing_text import GrowingText
from oa_client.usecases.drafting import DraftForm
from oa_client.usecases.rules import document_types, urgencies
from oa_client.usecases.writing import Target, kinds

FIELD_OF = {"addressees": "main_to", "organ": "organ_id"}
RECEIVERS = "输入单位或局外机关"
PENDING = "「{}」还没有加入，请按回车确认，或者清空。"


class DraftProperties(FormGrid):
    """The fields at the right of the editor, by the keys of `DraftForm`; `main_to` and `copy_to` hold the receivers."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._loaded: Loaded | None = None
        self._grid.setVerticalSpacing(theme.tokens().space[1])
        self._organ = Choice()
        self.main_to, self.copy_to = AddresseeField(RECEIVERS), AddresseeField(RECEIVERS)
        self.attachments = DraftAttachments(office)
        self.add("organ_id", "发文机关", self._organ, required=True)
        self.add("doc_type", "文种", Choice([(name, name) for name in document_types()]), required=True)
        self.add("main_to", "主送", self.main_to)
        self.add("copy_to", "抄送", self.copy_to)
        self.add("openness", "公开属性", Choice([(item.name, item.name) for item in kinds().openness], none="请选择"), required=True)
        self.add("openness_reason", "不予公开理由", GrowingText(2, 5, "写明理由和依据"), required=True)
        self.add("urgency", "紧急程度", Choice([(name, name) for name in reversed(urgencies())]))
        self.add("attachments", "附件", self.attachments)
        self.edited.connect(self._follow)
        office.directory_changed.connect(self._offer_units)

    def take(self, loaded: Loaded) -> None:
        """Offer what was read for this draft: organs, units, known outside organs."""
        self._loaded = loaded
        self._organ.set_options(loaded.organs)
        self._organ.setEnabled(loaded.opened is None)
        self._offer_units()

    def fix_organ(self) -> None:
        """Once saved, a draft keeps its organ."""
        self._organ.setEnabled(False)

    def show_form(self, form: DraftForm) -> None:
        """Fill the fields from a draft; the attachments are set apart."""
        self.set_values({key: getattr(form, key) for key in ("organ_id", "doc_type", "openness", "openness_reason", "urgency")})
        self._filling = True
        self.main_to.set_targets([target for target in form.targets if target.main])
        self.copy_to.set_targets([target for target in form.targets if not target.main])
        self._filling = False
        self._show_reason()

    def organs(self) -> dict[int, str]:
        """The names of the organs to draft for, by id."""
        return dict(self._loaded.organs) if self._loaded else {}

    def place(self, key: str) -> QWidget | None:
        """The field with a key, None when there is none on the screen."""
        row = self._rows.get(key)
        return row.widget if row and not row.widget.isHidden() else None

    def targets(self) -> tuple[Target, ...]:
        """All receivers, those of 主送 first."""
        return self.main_to.targets(True) + self.copy_to.targets(False)

    def form_values(self) -> dict[str, Any]:
        """The values for a `DraftForm`; a reason that is not asked for is left out."""
        given = self.values()
        reason = given["openness_reason"] if self._needs_reason() else ""
        return {"organ_id": given["organ_id"] or 0, "doc_type": given["doc_type"] or "", "openness": given["openness"] or "", "openness_reason": reason,
                "urgency": given["urgency"], "targets": self.targets()}

    def pending(self) -> dict[str, str]:
        """Receivers typed but not yet taken, as errors of their fields."""
        return {key: PENDING.format(field.pending()) for key, field in (("main_to", self.main_to), ("copy_to", self.copy_to)) if field.pending()}

    def _follow(self, key: str) -> None:
        if key == "openness":
            self._show_reason()
        elif key == "organ_id":
            self._offer_units()

    def _needs_reason(self) -> bool:
        value = kinds().openness_value(self.values()["openness"] or "")
        return bool(value and value.needs_reason)

    def _show_reason(self) -> None:
        self.show_row("openness_reason", self._needs_reason())

    def _offer_units(self) -> None:
        """Every unit but the issuing organ itself; the bureau is addressed by its full name."""
        if self._loaded is None:
            return
        own = f"unit:{self.values()['organ_id']}"
        units = [pick for pick in self._office.units() if pick.holder != own]
        for field in (self.main_to, self.copy_to):
            field.set_units(units, self._loaded.full_names, self._loaded.outside)
