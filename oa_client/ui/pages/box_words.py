"""What the lists say when they are empty, and the one thing that is mostly done on each."""

from dataclasses import dataclass

from oa_client.domain.actor import Actor
from oa_client.ui import shortcuts


@dataclass(frozen=True)
class Verb:
    """A primary button; one without words is not shown. One that `begins` something stands in the empty list as well."""

    key: str = ""
    words: str = ""
    icon: str = ""
    shortcut: str = ""
    tip: str = ""
    begins: bool = False


OPEN = Verb("open", "打开办理", "edit", "Ctrl+O", "打开选中的公文办理；没有选中时打开最上面一件")
READ = Verb("read", "标为已阅", "check", "Ctrl+R", "选中的待阅一次签阅；按住 Shift 或 Ctrl 可以多选，Ctrl+A 全选")
REGISTER = Verb("register", "收文登记", "add", shortcuts.REGISTER, begins=True)
DRAFT = Verb("draft", "拟稿", "add", shortcuts.DRAFT, begins=True)

EMPTY = {
    ("todo", True): ("没有待办公文，新到的会自动列在这里。", "todo"),
    ("read", True): ("没有待阅公文，送您传阅的会自动列在这里。", "to_read"),
    ("doing", False): ("没有在办公文。您办过、还没有办结的列在这里。", "doing"),
    ("done", False): ("还没有已办公文。您办过、已办结或归档的列在这里。", "done"),
    ("receive", True): ("还没有收文。收到来文后，在这里登记。", "incoming"),
    ("receive", False): ("还没有您可以阅看的收文。收文由收发员登记。", "incoming"),
    ("lent", False): ("没有共享给您的公文。其他单位或同事共享给您阅看的，会自动列在这里。", "lent"),
    ("send", True): ("还没有发文。起草的公文会列在这里。", "outgoing"),
}


def verb_of(box: str, actor: Actor) -> Verb:
    """The primary button of a list for an officer; incoming papers are registered by clerks only (条例第二十四条)."""
    if box == "receive":
        return REGISTER if actor.holds("clerk") else Verb()
    return {"todo": OPEN, "read": READ, "send": DRAFT}.get(box, Verb())
