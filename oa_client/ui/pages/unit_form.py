"""The form of a unit (单位): names, number codes and leading posts (领导职数); set up and changed by a system administrator."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.tall_area import TallArea
from oa_client.ui.widgets.title_list import TitleList
from oa_client.usecases import units
from oa_client.usecases.limits import LINE, NAME, POST
from oa_client.usecases.units import UnitForm

WIDTH_IN_LETTERS = 40
NEW = "设立后请为它申请任命单位管理员。"


class UnitDialog(Question):
    """A new unit, or with `unit_id` the change of one; `saved(unit id)` when it is done. Stays open with what was typed until then."""

    saved = Signal(int)

    def __init__(self, office: Office, owner: QWidget, form: UnitForm | None = None, unit_id: int = 0) -> None:
        super().__init__(owner, f"修改单位「{form.short}」" if form else "新建单位", "" if form else NEW, "保存修改" if form else "新建单位")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office, self._unit_id, self._before = office, unit_id, form
        self.form, self.deputies, self.above = FormGrid(), TitleList("副职", POST), (TitleList("直接上级", LINE), TitleList("其他上级", LINE))
        self.setMinimumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        self._line("name", "全称", LINE, "例如：云岚市公安局网络安全保卫支队", required=True)
        self._line("short", "简称", NAME, "列表、流转和目录中使用，例如：网安支队", required=True)
        self._line("code", "机构代码", 3, "3 位字母或数字，用于档号", required=True)
        self.form.add("kind", "单位性质", Choice(list(units.KINDS.items())), required=True)
        self.form.show_row("kind", form is None or form.kind in units.KINDS)
        self._line("number_codes", "机关代字", LINE, "例如：云公网", "用于发文字号，多个之间空一格；不单独发文的不填")
        if form is not None and form.kind not in units.KINDS:
            self._bureau()
        self.form.add_section("领导职数")
        self._line("chief", "正职", POST, "例如：支队长")
        self.form.add("deputies", "副职", self.deputies, hint="每个职位一行，按排名先后")
        if form is not None:
            self.form.set_values({**form.__dict__, "chief": next((title for role, title in form.posts if role == "chief"), ""),
                                  "deputies": [title for role, title in form.posts if role == "deputy"]})
        elif not self.deputies.lines:
            self.form.set_values({"kind": "division"})
        self.content.addWidget(TallArea(self.form), 1)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.submit)
        self.form.submitted.connect(self.submit)
        self.form.field("name").setFocus()

    def submit(self) -> None:
        """Save the unit; what is wrong is told under its field."""
        self._office.jobs.write(self, units.save, self._office.desk, self.filled(), self._unit_id, then=self._done, failed=self._refused, busy=self.verb,
                                doing="正在保存单位")

    def filled(self) -> UnitForm:
        """The form as it stands."""
        values, before = self.form.values(), self._before
        posts = [("chief", values["chief"])] if values["chief"] else []
        kind = before.kind if before and before.kind not in units.KINDS else values["kind"]
        return UnitForm(values["name"], values["short"], values["code"], kind, values["number_codes"],
                        (*posts, *(("deputy", title) for title in values["deputies"])), before.position if before else 0,
                        values.get("fonds", ""), tuple(values.get("superiors", ())), tuple(values.get("others_above", ())))

    def _bureau(self) -> None:
        """What the bureau itself has alone."""
        direct, others = self.above
        self._line("fonds", "全宗号", 4, "4 位字母或数字，例如：Z109", "由档案馆给定，用于档号；改后只用于以后归档的", required=True)
        self.form.add("superiors", "直接上级", direct, hint="每个机关一行；有两个的为双重领导，上行文据此检查")
        self.form.add("others_above", "其他上级", others, hint="也算上级的其他机关，每个一行")

    def _line(self, key: str, words: str, most: int, example: str, hint: str = "", required: bool = False) -> None:
        field = QLineEdit()
        field.setPlaceholderText(example)
        field.setMaxLength(most)
        self.form.add(key, words, field, required=required, hint=hint)

    def _done(self, unit_id: int) -> None:
        self.accept()
        self.saved.emit(unit_id)

    def _refused(self, error: OaError) -> None:
        if isinstance(error, Invalid) and "posts" in error.fields:
            error = Invalid({"chief" if key == "posts" else key: words for key, words in error.fields.items()})
        self.form.refuse(error)
