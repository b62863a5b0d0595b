"""Whom the audit is narrowed to: chosen by name, pinyin or police number, or whatever was typed, for who tried to sign in may have no account."""

from collections.abc import Sequence

from oa_client.ui import theme
from oa_client.ui.widgets.people_picker import PeoplePicker, Pick
from oa_client.usecases.audit_looks import Person

HINT = "姓名、拼音或警号"
WIDEST = 16_777_215
TYPED = "按输入的警号或姓名查"


class PersonFilter(PeoplePicker):
    """At most one; `person()` is what the use case wants. The input gives its room to who was chosen."""

    def __init__(self) -> None:
        super().__init__("person", 1, HINT)
        self.setAccessibleName("筛选：何人")
        self.changed.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def offer(self, people: Sequence[Person]) -> None:
        """Everybody who can be chosen; who was chosen stays."""
        chosen = [self._picks[holder] for holder in self.chosen()]
        self.set_choices([Pick(person.login, person.name, f"{person.unit}　{person.login}", person.keys, note="" if person.active else "已停用") for person in people])
        for pick in chosen:
            self._picks.setdefault(pick.holder, pick)

    def person(self) -> str:
        """The police number, or what was typed; empty for everybody."""
        return next(iter(self.chosen()), "")

    def take(self, login: str, name: str = "") -> None:
        """Choose somebody, known or not; an empty number chooses nobody."""
        if login:
            self._picks.setdefault(login, Pick(login, name or login))
        self.set_chosen((login,) if login else ())

    def matches(self, typed: str) -> list[Pick]:
        """Those who fit, and last what was typed as it stands."""
        words = typed.strip()
        found = super().matches(typed)
        return [*found, Pick(words, words, TYPED)] if words and all(words not in (pick.holder, pick.name) for pick in found) else found

    def _take(self, holder: str) -> None:
        self._picks.setdefault(holder, Pick(holder, holder, TYPED))
        super()._take(holder)

    def _fit(self) -> None:
        chosen = bool(self.chosen())
        self.input.setPlaceholderText("" if chosen else HINT)
        width = theme.tokens().font
        self.setFixedHeight(theme.tokens().control)
        self.input.setMinimumWidth(width * (1 if chosen else 6))
        self.input.setMaximumWidth(width * 2 if chosen else WIDEST)
