"""A drafting window on the small bureau, and how an officer writes in it."""

from PySide6.QtWidgets import QWidget

from oa_client.scratch import Scratch
from oa_client.ui.draft.window import DraftWindow
from oa_client.ui.office import Doors, Office
from oa_client.usecases import drafting, lists

TITLE = "云岚市公安局关于加强冬季交通安全管理的通知"
BODY = "一、提高认识\n请认真落实冬季交通安全管理各项措施。\n特此通知。"


def offices(small, jobs, settings):
    """A fixture: opens an officer's session."""
    made = []

    def open_office(login="120003"):
        doors = Doors(lambda _office, _number: QWidget(), lambda _office: QWidget(), DraftWindow)
        made.append(Office(small.desk(login), jobs, settings, Scratch(f"{small.url}|{login}"), doors, url=small.url))
        jobs.wait_idle()
        return made[-1]
    yield open_office
    jobs.wait_idle()
    for office in made:
        office.close_windows()
        office.scratch.close()


def windows(office, qtbot, jobs):
    """A fixture: opens a draft's window (0: a new one) and waits for its content."""
    def make(document_id=0, where=None):
        made = (where or office()).draft_paper(document_id)
        qtbot.waitExposed(made)
        jobs.wait_idle()
        return made
    return make


def write(page, small, title=TITLE, body=BODY, openness="主动公开"):
    """Fill a draft in as an officer would."""
    page.face.properties.field("organ_id").set_value(small.units["root"])
    page.face.paper.title.setPlainText(title)
    page.face.paper.body.insertPlainText(body)
    page.face.properties.field("openness").set_value(openness)
    page.face.properties.main_to.input.setFocus()
    choose(page.face.properties.main_to, "刑侦支队")


def choose(field, words):
    """Type into a receivers' field and take the first that is offered."""
    field.input.setText(words)
    field.input.textEdited.emit(words)
    field._take(field._list.current())


def press(button, jobs):
    button.click()
    assert jobs.wait_idle()


def sent(small, login="120003"):
    """The drafts in the database."""
    rows = lists.page(small.desk(login), "send").rows
    return [drafting.open_draft(small.desk(login), row.id) for row in rows]


def kept(page, qtbot):
    """Wait as long as typing may take to reach the disk."""
    qtbot.wait(1)
    page.keeper.now()
    page._office.scratch.flush()
