"""Units (单位): set up and changed by a system administrator, with their number codes and leading posts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from ..domain.errors import Invalid, NotFound, Refused
from ..store.access_tables import Post
from ..store.guard import guarded
from ..store.tables import Unit
from ..store.work_tables import Fact
from .desk import Desk, Outcome
from .limits import LINE, NAME, POST, too_long
from .noting import note_system
from .papers import clean

MOST_ABOVE = 50
TOPICS = frozenset({"accounts"})
KINDS = {"office": "办公室", "division": "内设机构", "branch": "派出机构、分局"}


@dataclass(frozen=True)
class UnitForm:
    """A unit as its form holds it: `code` for archive references (机构代码), `number_codes` 机关代字, posts as (chief|deputy, title).

    The bureau itself has besides its number in the archive `fonds` (全宗号), the organs directly above it and others that rank above it.
    """

    name: str
    short: str
    code: str
    kind: str = "division"
    number_codes: str = ""
    posts: tuple[tuple[str, str], ...] = ()
    position: int = 0
    fonds: str = ""
    superiors: tuple[str, ...] = ()
    others_above: tuple[str, ...] = ()


def opened(desk: Desk, unit_id: int) -> UnitForm:
    """A unit for changing."""
    with desk.look() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound("没有这个单位。")
        posts = session.execute(select(Post.role, Post.title).where(Post.unit_id == unit.id).order_by(Post.position, Post.id))
        form = UnitForm(unit.name, unit.short, unit.code, unit.kind, unit.number_codes, tuple((role, title) for role, title in posts), unit.position)
        return form if unit.parent_id else replace(form, **_above(session.get_one(Fact, "bureau").value))


def save(desk: Desk, form: UnitForm, unit_id: int = 0) -> Outcome[int]:
    """Set a unit up (0), or change it. Invalid names the fields; Refused for anybody but a system administrator."""
    if not desk.actor.holds("sys_admin"):
        raise Refused("单位由系统管理员设立和修改。")
    with desk.unit() as session:
        root = session.scalars(select(Unit).where(Unit.parent_id.is_(None))).one()
        wrong = _problems(session, form, unit_id, root.id)
        if wrong:
            raise Invalid(wrong)
        kept = session.get(Unit, unit_id)
        position = form.position or (kept.position if kept else 1 + (session.scalar(select(func.max(Unit.position))) or 0))
        if unit_id == root.id:
            _write_bureau(session, desk, form)
        made = _write(session, desk, form, unit_id, root.id, position)
        return Outcome(made, TOPICS, f"已{'修改' if unit_id else '新建'}单位 {form.short.strip()}。")


def _write(session: Session, desk: Desk, form: UnitForm, unit_id: int, root_id: int, position: int) -> int:
    values = {"code": form.code.strip().upper(), "name": clean(form.name).strip(), "short": clean(form.short).strip(), "kind": form.kind,
              "number_codes": " ".join(_codes(form)), "position": position}
    posts = [(role, clean(title).strip()) for role, title in form.posts if clean(title).strip()]
    if guarded(session):
        save = text("SELECT oa.unit_save(:id, :parent, :key, :code, :name, :short, :kind, :number_codes, :position, CAST(:posts AS text[]))")
        return session.execute(save, {**values, "id": unit_id, "parent": root_id, "key": f"u-{values['code']}-{position}",
                                      "posts": [f"{role}:{title}" for role, title in posts]}).scalar_one()
    unit = session.get(Unit, unit_id) if unit_id else Unit(parent_id=root_id, key=f"u-{values['code']}-{position}")
    if unit is None:
        raise NotFound("没有这个单位。")
    for key, value in values.items():
        if key != "kind" or unit.parent_id is not None:
            setattr(unit, key, value)
    session.add(unit)
    session.flush()
    session.execute(delete(Post).where(Post.unit_id == unit.id))
    session.add_all(Post(unit_id=unit.id, role=role, title=title, position=at) for at, (role, title) in enumerate(posts, 1))
    note_system(session, desk, "unit_edit" if unit_id else "unit_create", unit=values["name"])
    session.flush()
    return unit.id


def _above(fact: Mapping[str, Any]) -> dict[str, Any]:
    """What the bureau's form holds of its fact."""
    direct = tuple(fact.get("direct_superiors", ()))
    return {"fonds": fact["fonds"], "superiors": direct, "others_above": tuple(name for name in fact.get("superiors", ()) if name not in direct)}


def _write_bureau(session: Session, desk: Desk, form: UnitForm) -> None:
    """The archive number and the superiors, where they are not what they were."""
    fact = session.get_one(Fact, "bureau")
    direct = _names(form.superiors)
    fresh = {"fonds": form.fonds.strip().upper(), "direct_superiors": direct, "superiors": _names((*direct, *form.others_above))}
    before, after = _above(fact.value), _above(fresh)
    if after == before:
        return
    if guarded(session):
        session.execute(text("SELECT oa.bureau_save(:fonds, CAST(:direct_superiors AS text[]), CAST(:superiors AS text[]))"), fresh)
        return
    parts = [words for words, keys in (("全宗号", ("fonds",)), ("上级机关", ("superiors", "others_above"))) if any(after[key] != before[key] for key in keys)]
    fact.value = {**fact.value, **fresh}
    note_system(session, desk, "unit_edit", unit=session.scalars(select(Unit.name).where(Unit.parent_id.is_(None))).one(), parts=parts)


def _names(organs: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for organ in organs if (name := clean(organ).strip())))


def _codes(form: UnitForm) -> list[str]:
    return [code for code in re.split(r"[\s、，,；;]+", clean(form.number_codes)) if code]


def _problems(session: Session, form: UnitForm, unit_id: int, root_id: int) -> dict[str, str]:
    wrong = too_long({"name": ("全称", form.name.strip(), LINE), "short": ("简称", form.short.strip(), NAME)})
    for key, words in (("name", "全称"), ("short", "简称")):
        if not clean(getattr(form, key)).strip():
            wrong[key] = f"请填写{words}。"
    if not (len(form.code.strip()) == 3 and form.code.strip().isascii() and form.code.strip().isalnum()):
        wrong["code"] = "机构代码应为 3 位字母或数字，用于档号。"
    if unit_id != root_id and form.kind not in KINDS:
        wrong["kind"] = "请选择单位性质。"
    office = session.scalar(select(Unit.id).where(Unit.kind == "office"))
    if unit_id != root_id and office is not None and (form.kind == "office") != (unit_id == office):
        wrong["kind"] = "办公室只有一个，设立后不改变：它的单位管理员管理局领导的账号。"
    for unit in session.scalars(select(Unit).where(Unit.id != unit_id)):
        if form.name.strip() == unit.name or form.short.strip() == unit.short:
            wrong["name" if form.name.strip() == unit.name else "short"] = f"「{unit.short}」已在名录中。"
        shared = set(_codes(form)) & set(unit.number_codes.split())
        if shared:
            wrong["number_codes"] = f"机关代字「{'、'.join(sorted(shared))}」是{unit.short}在用的。"
    wrong |= _wrong_bureau(form) if unit_id == root_id else {}
    if unit_id != root_id and (form.fonds or form.superiors or form.others_above):
        wrong["fonds"] = "全宗号和上级机关只在市局本级填写。"
    if sum(role == "chief" for role, _title in form.posts) > 1:
        wrong["posts"] = "正职只有一个。"
    if any(len(title.strip()) > POST for _role, title in form.posts):
        wrong["posts"] = f"职务名称最长 {POST} 字，请缩短。"
    return wrong


def _wrong_bureau(form: UnitForm) -> dict[str, str]:
    wrong = {} if re.fullmatch("[A-Za-z0-9]{4}", form.fonds.strip()) else {"fonds": "全宗号应为 4 位字母或数字，由档案馆给定，用于档号。"}
    for key, words in (("superiors", "直接上级"), ("others_above", "其他上级")):
        if any(len(name.strip()) > LINE for name in getattr(form, key)) or len(getattr(form, key)) > MOST_ABOVE:
            wrong[key] = f"{words}最多 {MOST_ABOVE} 个，名称最长 {LINE} 字。"
    return wrong
