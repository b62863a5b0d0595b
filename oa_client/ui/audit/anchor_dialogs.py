"""What is asked before an anchor (锚点) is made, and before the audit is compared with one."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui import theme
from oa_client.ui.audit.path_field import PathField
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.password_field import PasswordField
from oa_client.ui.widgets.tall_area import TallArea

WIDTH_IN_LETTERS = 40
ANCHORS, KEYS = "锚点 (*.json)", "密钥 (*.pem);;所有文件 (*)"
MADE = "锚点记下此刻每条留痕链有多长、末环是什么，并签上名。日后即使有人连同数据库把整条链删掉，与锚点一比就能发现。"
COMPARED = "先校验全部留痕，再核对锚点里的每条链是否还在、是否被截短或改写。"
OWN, FILE = "keyring", "file"
KEY_HINTS = {OWN: "存在这台电脑的钥匙串里，第一次用时自动生成，以后一直用它。", FILE: "没有这个文件就新生成一个。请与锚点分开保管。"}


@dataclass(frozen=True)
class Wanted:
    """An anchor that is asked for: where to, signed with which key. Without `key` it is that of this PC's key store."""

    file: Path
    key: Path | None
    passphrase: str
    again: str
    anyway: bool


class _AnchorQuestion(Question):
    """Stays when it was refused, with everything typed; `submitted` when its fields are filled."""

    submitted = Signal()

    def __init__(self, owner: QWidget, question: str, detail: str, verb: str) -> None:
        super().__init__(owner, question, detail, verb)
        self.setMinimumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        self.trouble, self.form = Banner(self, closable=False), FormGrid()
        self.content.addWidget(self.trouble)
        self.form.submitted.connect(self.accept)

    def refuse(self, error: OaError) -> None:
        """Show the dialog again and say why not, under the field where there is one."""
        self.open()
        if isinstance(error, Invalid):
            self.form.show_errors(error.fields)
        else:
            self.trouble.tell(error)

    def accept(self) -> None:
        """Submit, unless something is missing."""
        self.trouble.hide()
        missing = self.missing()
        self.form.show_errors(missing)
        if not missing:
            self.hide()
            self.submitted.emit()

    def missing(self) -> dict[str, str]:
        """What has to be filled in first, by field."""
        return {}


class AnchorDialog(_AnchorQuestion):
    """Where the anchor goes and what signs it; `wanted()` is the answer."""

    def __init__(self, owner: QWidget, place: Path) -> None:
        super().__init__(owner, "生成留痕锚点", MADE, "校验并生成")
        self.file = PathField("锚点存到哪里", ANCHORS, new=True, place=place)
        self.source = Choice(((OWN, "这台电脑的钥匙串"), (FILE, "密钥文件")))
        self.key = PathField("选择密钥文件", KEYS, new=True)
        self.passphrase, self.again = PasswordField(), PasswordField()
        self.anyway = QCheckBox("留痕有不符也签发（须已查明原因）")
        form = self.form
        form.add("file", "锚点文件", self.file, required=True, hint="请存到移动介质或其他电脑，不要只留在数据库所在的服务器上。")
        form.add("source", "签名密钥", self.source, hint=KEY_HINTS[OWN])
        form.add("key", "密钥文件", self.key, required=True, hint=KEY_HINTS[FILE])
        form.add("passphrase", "口令", self.passphrase, required=True)
        form.add("again", "再输一次", self.again, hint="新生成密钥文件时填写，已有的密钥文件不用填。")
        form.add("anyway", "有不符时", self.anyway)
        self.source.changed.connect(self._turn)
        self._turn()
        self.content.addWidget(TallArea(form))
        self.file.setFocus()

    def wanted(self) -> Wanted:
        """What was asked for."""
        own = self.source.value() == OWN
        return Wanted(self.file.path() or Path(), None if own else self.key.path(), "" if own else self.passphrase.text(), "" if own else self.again.text(),
                      self.anyway.isChecked())

    def missing(self) -> dict[str, str]:
        """The place of the anchor, and a key file with its words."""
        wrong = {} if self.file.path() else {"file": "请指定锚点文件。"}
        if self.source.value() == FILE:
            wrong |= {} if self.key.path() else {"key": "请指定密钥文件。"}
            wrong |= {} if self.passphrase.text() else {"passphrase": "请输入密钥文件的口令。"}
        return wrong

    def _turn(self) -> None:
        with_file = self.source.value() == FILE
        for key in ("key", "passphrase", "again"):
            self.form.show_row(key, with_file)
        self.form.field("source").setToolTip(KEY_HINTS[str(self.source.value())])
        self.form.say_hint("source", "" if with_file else KEY_HINTS[OWN])


class CompareDialog(_AnchorQuestion):
    """Which anchor, and whose signature it should bear."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "与锚点比对", COMPARED, "校验并比对")
        self.file = PathField("选择锚点文件", ANCHORS, new=False)
        self.key = PathField("选择存有公钥的文件", "所有文件 (*)", new=False)
        self.form.add("file", "锚点文件", self.file, required=True)
        self.form.add("key", "签发人公钥", self.key, hint="锚点单上印的那一行，或存有它的文件。不填就用这台电脑签发时用过的密钥核对。")
        self.content.addWidget(TallArea(self.form))
        self.file.setFocus()

    def missing(self) -> dict[str, str]:
        """The anchor."""
        return {} if self.file.path() else {"file": "请选择锚点文件。"}
