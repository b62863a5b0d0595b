"""One's own password (修改本人密码): judged by the policy, never one of the last ones. PostgreSQL keeps a SCRAM verifier, SQLite an argon2 hash."""

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from ..domain.actor import Actor
from ..domain.errors import Invalid
from ..store import engine as engines
from ..store import scram
from ..store.access_tables import PasswordHistory
from ..store.guard import guarded
from ..store.tables import Account
from .desk import Desk, local
from .directory import actor_of
from .noting import note_account
from .policy import password_problem, policy_of
from .reaching import answers

HASHER = PasswordHasher()
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$JSzT3jm5liRHi5ligaidKw$6L0apLKdIK/AgflbmE+N/WPyX97B45tX6oNj1JPq9B8"
AGAIN = "这个密码最近用过，请换一个。"


def matches(stored: str, password: str) -> bool:
    """Whether a password is the one behind an argon2 hash."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, UnicodeEncodeError):
        return False


def rules(desk: Desk) -> dict[str, int]:
    """The policy in force, for a form that asks for a password."""
    with desk.look() as session:
        return policy_of(session)


def days_left(desk: Desk) -> int | None:
    """In how many days the own password runs out, once it is time to say so by the policy; None before, and where it never does."""
    with desk.look() as session:
        now, since = policy_of(session), session.scalar(select(Account.password_at).where(Account.id == desk.actor.id))
    if not now["expire_days"] or since is None:
        return None
    left = (local(since + timedelta(days=now["expire_days"])).date() - desk.today()).days
    return max(left, 0) if left <= now["warn_days"] else None


def change_password(desk: Desk, old: str, new: str) -> Actor:
    """Set one's own password; Invalid says under which field what is wrong."""
    problem = password_problem(new, desk.actor.login, rules(desk))
    if problem:
        raise Invalid({"new": problem})
    if old == new:
        raise Invalid({"new": "新密码不能与原密码相同。"})
    change = _on_server if guarded(desk.engine) else _on_file
    return change(desk, old, new)


def _on_server(desk: Desk, old: str, new: str) -> Actor:
    """The server is told a verifier, and what the new password would be under the salts of the last ones."""
    trying = engines.officers(desk.engine, desk.actor.login, old)
    try:
        answers(trying)
    except Exception as problem:
        raise Invalid({"old": "原密码不对。"}) from problem
    finally:
        trying.dispose()
    with desk.unit() as session:
        salts = session.execute(text("SELECT salt, rounds FROM oa.my_verifiers()")).all()
        again = [scram.under(new, salt, rounds) for salt, rounds in salts]
        if session.scalar(text("SELECT oa.used_before(CAST(:again AS text[]))"), {"again": again}):
            raise Invalid({"new": AGAIN})
        session.execute(text("SELECT oa.change_my_password(:verifier, CAST(:again AS text[]))"), {"verifier": scram.verifier(new), "again": again})
    engines.take_password(desk.engine, new)
    with desk.look() as session:
        return actor_of(session, session.get_one(Account, desk.actor.id), desk.today())


def _on_file(desk: Desk, old: str, new: str) -> Actor:
    fresh = HASHER.hash(new)
    with desk.look() as session:
        kept = policy_of(session)["history"]
        earlier = session.scalars(select(PasswordHistory.hash).where(PasswordHistory.account_id == desk.actor.id).order_by(PasswordHistory.id.desc()).limit(kept)).all()
    if any(matches(stored, new) for stored in earlier):
        raise Invalid({"new": AGAIN})
    with desk.unit() as session:
        account = session.get_one(Account, desk.actor.id)
        if not matches(account.password_hash, old):
            raise Invalid({"old": "原密码不对。"})
        account.password_hash, account.must_change, account.password_at = fresh, False, desk.clock()
        account.version += 1
        _remember(session, desk, account, kept)
        note_account(session, desk, account.id, "password")
        return actor_of(session, account, desk.today())


def _remember(session: Session, desk: Desk, account: Account, kept: int) -> None:
    session.add(PasswordHistory(account_id=account.id, hash=account.password_hash, at=desk.clock()))
    session.flush()
    newest = select(PasswordHistory.id).where(PasswordHistory.account_id == account.id).order_by(PasswordHistory.id.desc()).limit(max(kept, 1))
    session.execute(delete(PasswordHistory).where(PasswordHistory.account_id == account.id, PasswordHistory.id.not_in(newest)))
