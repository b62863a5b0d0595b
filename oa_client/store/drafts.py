"""Taking parts of a draft away (文稿的收文单位和附件). Officers hold no right to delete rows: a guarding database does it for them."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .guard import call, guarded
from .tables import Addressee
from .work_tables import Attachment


def clear_addressees(session: Session, document_id: int) -> None:
    """Take the receivers of a draft away."""
    if guarded(session):
        call(session, "clear_addressees", document_id)
    else:
        session.execute(delete(Addressee).where(Addressee.document_id == document_id))


def keep_attachments(session: Session, document_id: int, kept: Sequence[int]) -> None:
    """Take every attachment of a draft away but those kept."""
    gone = (Attachment.document_id == document_id, Attachment.role == "attachment", Attachment.id.not_in(kept))
    if not guarded(session):
        session.execute(delete(Attachment).where(*gone))
    elif session.scalar(select(Attachment.id).where(*gone).limit(1)):
        call(session, "drop_attachments", document_id, list(kept))
