"""Results for machines (--json): the names and shapes that scripts rely on."""

from collections.abc import Iterable
from typing import Any

from ..domain.flow import Choice
from ..usecases.desk import Desk
from ..usecases.glimpse import glimpse
from ..usecases.standing import standing
from ..usecases.views import DocumentRow, DocumentView, ListPage


def lines(desk: Desk, rows: Iterable[DocumentRow]) -> list[dict[str, Any]]:
    """`doc list`: one entry a document."""
    rows = list(rows)
    found = standing(desk, [row.id for row in rows])
    return [{"id": row.id, "direction": row.kind, "kind": row.doc_type, "title": row.title, "number": row.number, "status": found[row.id].status,
             "step": found[row.id].step, "holders": found[row.id].holders, "due": found[row.id].due} for row in rows if row.id in found]


def whole(desk: Desk, view: DocumentView) -> dict[str, Any]:
    """`doc show`: the same and what may be done, what was done, and the files."""
    now = standing(desk, [view.id])[view.id]
    trail = [{"at": entry.at, "who": entry.name, "step": entry.step, "action": entry.action or entry.words, "opinion": entry.opinion} for entry in view.timeline]
    files = [{"id": file.id, "name": file.name, "role": file.role, "media": file.media, "size": file.size, "pages": file.pages} for file in view.attachments]
    return {"id": view.id, "direction": view.kind, "kind": now.doc_type, "title": view.title, "number": view.number, "status": now.status, "step": now.step,
            "holders": now.holders, "due": now.due, "reference": view.reference, "fields": dict(view.fields), "body": view.body,
            "actions": [action(choice) for task in view.tasks for choice in task.choices], "trail": trail, "files": files}


def action(choice: Choice) -> dict[str, Any]:
    """An action with what it still needs: opinion, people to choose, values, the step to return to."""
    needs = ["opinion"] if choice.action.opinion == "required" and not choice.action.default else []
    needs += [pick.key for pick in choice.action.picks if pick.min and not choice.offered.get(pick.key)]
    needs += [item.key for item in choice.action.fields if item.key in choice.required_fields]
    needs += ["target"] if len(choice.targets) > 1 else []
    return {"name": choice.key, "label": choice.action.title, "needs": needs, "blocked": choice.blocked}


def state(desk: Desk, document_id: int) -> dict[str, Any]:
    """`doc act`: where the document stands after the act; without its status when the actor may no longer read it."""
    now = standing(desk, [document_id]).get(document_id)
    if now is None:
        return {"id": document_id, "status": "", "step": "", "holders": (), "reference": ""}
    return {"id": document_id, "status": now.status, "step": now.step, "holders": now.holders, "reference": now.reference}


def hits(desk: Desk, page: ListPage, query: str) -> list[dict[str, Any]]:
    """`search`: each hit with the words around the first place found."""
    return [{"id": row.id, "title": row.title, "number": row.number, "snippet": _snippet(desk, row.id, query)} for row in page.rows]


def _snippet(desk: Desk, document_id: int, query: str) -> str:
    found = glimpse(desk, document_id, query)
    text = "".join("".join(part for part in (paragraph[0], *paragraph[2:])) for paragraph in found.words)
    return text[:200]
