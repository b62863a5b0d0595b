"""The three administrators (三员), by whoever holds the database itself: set up, closed, opened again, given a new password."""

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from ..domain.actor import ADMIN_ROLES, ROLES
from ..domain.errors import Invalid, Refused
from ..store import unit as transactions
from ..store.tables import Account, RoleGrant, Unit
from . import people
from .papers import clean
from .setting_up import wrong_person


def add(engine: Engine, role: str, login: str, name: str) -> str:
    """Set up the account of a system, security or audit administrator (三员) with the database administrator's login; gives the one-time password.

    None of those who work in the program may do this: the three are above one another. Refused where there are enough.
    """
    role = next((key for key in ADMIN_ROLES if role.strip() == ROLES[key]), role)
    if role not in ADMIN_ROLES:
        raise Invalid({"role": "只能设立系统管理员、安全保密管理员、安全审计员。"}, "")
    wrong = wrong_person(login, name)
    if wrong:
        raise Invalid(wrong)
    with transactions.unit(engine) as session:
        root = session.scalars(select(Unit).where(Unit.parent_id.is_(None))).one()
        _room_for(session, role)
        if session.scalar(select(Account.id).where(Account.login == login.strip())):
            raise Invalid({"login": f"警号 {login.strip()} 已有账号，没有改动。"}, "停用的三员账号可用 db guardian --enable 警号 重新启用。")
        return people.found(session, root.id, login.strip(), clean(name).strip(), role)


def close(engine: Engine, login: str) -> str:
    """Close the account of one of the three administrators; gives the name."""
    with transactions.unit(engine) as session:
        account, _role = _guardian(session, login)
        if account is None or not account.active:
            raise Refused("没有这个在用的三员账号。")
        people.close(session, account)
        return account.name


def enable(engine: Engine, login: str) -> tuple[str, str]:
    """Open the closed account of one of the three administrators again; gives the name and a new one-time password. Refused where there are enough."""
    with transactions.unit(engine) as session:
        account, role = _guardian(session, login)
        if account is None or account.active:
            raise Refused("没有这个停用的三员账号。")
        _room_for(session, role)
        return account.name, people.reopen(session, account)


def new_password(engine: Engine, login: str) -> str:
    """A new one-time password for one of the three administrators, or for anybody after a move, by whoever holds the database itself."""
    with transactions.unit(engine) as session:
        account = session.scalar(select(Account).where(Account.login == login.strip()))
        if account is None:
            raise Refused(f"没有警号为 {login} 的账号。")
        return people.renew(session, account)


def _guardian(session: Session, login: str) -> tuple[Account | None, str]:
    query = select(Account, RoleGrant.role).join(RoleGrant, RoleGrant.account_id == Account.id).where(Account.login == login.strip(), RoleGrant.role.in_(ADMIN_ROLES))
    found = session.execute(query).first()
    return (found[0], found[1]) if found else (None, "")


def _room_for(session: Session, role: str) -> None:
    there = session.scalar(select(func.count()).select_from(RoleGrant).join(Account, Account.id == RoleGrant.account_id).where(
        RoleGrant.role == role, Account.active)) or 0
    if there >= (2 if role == "sys_admin" else 1):
        raise Refused(f"{ROLES[role]}已经够了，没有改动。", "如要换人，请先用 db guardian --close 警号 停用原来的账号。")
