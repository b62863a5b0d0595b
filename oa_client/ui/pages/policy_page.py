"""The password policy (口令策略): seen by the three administrators, changed by the security administrator (安全保密管理员)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.domain.happenings import POLICY
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label, title
from oa_client.ui.widgets.number import Number
from oa_client.usecases import policies, policy

GROUPS = (("密码", ("min_length", "min_classes", "history", "expire_days", "warn_days")), ("连续输错", ("lock_after", "lock_minutes")), ("离开座位", ("idle_minutes",)))
UNITS = {"min_length": "位", "min_classes": "种", "history": "次", "expire_days": "天", "warn_days": "天", "lock_after": "次", "lock_minutes": "分钟", "idle_minutes": "分钟"}
ENDLESS = ("expire_days",)
OTHERS = "由安全保密管理员修改，这里只供查看。"
WIDTH_IN_LETTERS = 48


class PolicyPage(QWidget):
    """A form with the bounds of each field; above the button stands what will be changed."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.may_change = office.desk.actor.holds("sec_admin")
        self.kept: dict[str, int] = {}
        theme.mark(self, "surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.form, self.banner = FormGrid(), Banner(self)
        self.fields = {key: _field(key) if self.may_change else label("") for key in policies.LIMITS}
        self.told, self.said = label("", "secondary", wrap=True), label("", wrap=True)
        self.save = button("修改口令策略", "primary", "save", pressed=self.submit)
        self.undo = button("恢复原值", pressed=lambda: self._show(self.kept))
        self._build()
        self.form.edited.connect(lambda _: self._settle())
        self.form.submitted.connect(self.submit)
        office.jobs.changed.connect(self._heard)
        self.load()

    def load(self) -> None:
        """Read the policy in force."""
        self.office.jobs.read(self, policies.policy, self.office.desk, then=self._read, failed=self._failed, latest="policy")

    def changes(self) -> dict[str, int]:
        """What is filled in otherwise than it is in force."""
        return {key: field.value() for key, field in self.fields.items() if isinstance(field, Number) and self.kept and field.value() != self.kept[key]}

    def submit(self) -> None:
        """Change what is filled in otherwise."""
        if self.may_change and self.changes():
            self.office.jobs.write(self, policies.change, self.office.desk, self.changes(), then=self._changed, failed=self.form.refuse, busy=self.save,
                                   doing="正在修改口令策略")

    def _build(self) -> None:
        space = theme.tokens().space
        holder, card, room = QWidget(), QFrame(), QScrollArea(self)
        theme.mark(holder, "surface", "window")
        theme.mark(card, "surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(space[4], space[1], space[4], space[3])
        inside.addWidget(self.form)
        for heading, keys in GROUPS:
            self.form.add_section(heading)
            for key in keys:
                self.form.add(key, _name(key), self.fields[key])
        column = QVBoxLayout(holder)
        column.setContentsMargins(space[3], space[2], space[3], space[1])
        column.setSpacing(space[2])
        for each in (title("口令策略"), self.told, self.banner, card):
            column.addWidget(each)
        column.addStretch(1)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(room, 1)
        foot = self._foot()
        foot.setVisible(self.may_change)
        outer.addWidget(foot)
        self._narrow = (holder, foot)
        theme.changed.connect(self._fit)
        self._fit()
        if self.may_change:
            self.setFocusProxy(self.fields["min_length"])

    def _fit(self) -> None:
        for each in self._narrow:
            each.setMaximumWidth(theme.tokens().font * WIDTH_IN_LETTERS)

    def _foot(self) -> QWidget:
        """What will be changed and the button stay in sight however low the screen is."""
        space, foot = theme.tokens().space, QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(space[3], space[1], space[3], space[2])
        line.setSpacing(space[1])
        line.addWidget(self.said, 1)
        for each in (self.undo, self.save):
            line.addWidget(each)
        return foot

    def _read(self, found: dict[str, int]) -> None:
        """Take the policy in force, unless something is being filled in."""
        typed = self.changes()
        self.kept = found
        self._show({**found, **typed})

    def _show(self, values: dict[str, int]) -> None:
        for key, field in self.fields.items():
            field.setEnabled(True)
            if isinstance(field, QLabel):
                field.setText("不限" if key in ENDLESS and not values[key] else f"{values[key]} {UNITS[key]}")
            else:
                self.form.set_values({key: values[key]})
        self._settle()

    def _settle(self) -> None:
        changed = self.changes()
        lead = "" if self.may_change else OTHERS
        self.told.setText(f"{lead}现行：{policy.policy_words(self.kept)}" if self.kept else lead)
        named = "；".join(f"{_name(key)}由 {self.kept[key]} 改为 {value}" for key, value in changed.items())
        self.said.setText(f"将{named}。下次设置密码和登录时生效，记入留痕。" if named else "")
        self.save.setEnabled(bool(changed))
        self.save.setToolTip("" if changed else "还没有改动。")
        self.undo.setEnabled(bool(changed))

    def _changed(self, found: dict[str, int]) -> None:
        self.kept = {key: found[key] for key in policies.LIMITS}
        self._show(self.kept)
        self.banner.say("口令策略已修改，下次设置密码和登录时生效。", "ontime")

    def _failed(self, error: OaError) -> None:
        self.banner.tell(error, verb="重新读取", pressed=self.load)

    def _heard(self, topics: frozenset[str]) -> None:
        if "accounts" in topics:
            self.load()


def _name(key: str) -> str:
    return POLICY[key].removesuffix("（0 为不限）")


def _field(key: str) -> Number:
    """A number that carries its unit and its bounds; it is closed until the policy has been read."""
    least, most = policies.LIMITS[key]
    bounds = f"{least} 至 {most}{'，0 为不限' if key in ENDLESS else ''}"
    made = Number(least, most, least, f"{UNITS[key]}（{bounds}）")
    made.setEnabled(False)
    return made
