"""`--field 字段=值` of the command line, as forms."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from ..domain.errors import Invalid
from ..usecases import intake
from ..usecases.desk import Desk
from ..usecases.limits import whole

_NAMES = {
    "标题": "title", "来文单位": "from_organ", "来文字号": "number", "成文日期": "doc_date", "收文日期": "received_on", "密级": "secrecy", "紧急程度": "urgency",
    "文种": "doc_type", "主送": "main_to", "办理性质": "nature", "份数": "copies", "办理期限": "due_on", "登记单位": "organ",
}
_DATES = ("doc_date", "received_on", "due_on")
_NATURES = {"批办件": "handle", "阅知件": "read"}


def pairs(given: list[str] | None, repeated: bool = False) -> list[tuple[str, str]]:
    """Split `key=value` words; Invalid names a word that is none."""
    found = []
    for word in given or ():
        key, sign, value = word.partition("=")
        if not sign or not key:
            raise Invalid({"field": f"「{word}」应写成 字段=值。"}, "")
        found.append((_NAMES.get(key, key), value))
    keys = [key for key, _value in found]
    if not repeated and len(set(keys)) != len(keys):
        raise Invalid({"field": "同一字段给了两次。"}, "")
    return found


def intake_form(desk: Desk, seen: intake.Inspection, given: Iterable[tuple[str, str]]) -> intake.IntakeForm:
    """The register's form: what was read out of the file, corrected by what was given."""
    reading = seen.reading
    organs = intake.organs(desk)
    form = intake.IntakeForm(
        reading.title.value, reading.from_organ.value, reading.from_number.value, reading.doc_date.value, None, reading.secrecy.value,
        reading.urgency.value, reading.doc_type.value, reading.main_to.value, organ_id=organs[0][0] if organs else 0, files=(seen.file,))
    for key, value in given:
        form = replace(form, **_one(desk, key, value))
    return form


def _one(desk: Desk, key: str, value: str) -> dict[str, Any]:
    if key in _DATES:
        try:
            return {key: date.fromisoformat(value) if value else None}
        except ValueError as problem:
            raise Invalid({key: f"日期「{value}」应写成 2026-01-31 的样子。"}, "") from problem
    if key == "copies":
        count = whole(value, 9999)
        if count is None:
            raise Invalid({key: "份数应是 1 至 9999 的整数。"}, "")
        return {key: count}
    if key == "repeat":
        return {"repeat_known": value in ("yes", "是")}
    if key == "organ":
        known = {name: organ_id for organ_id, name in intake.organs(desk)}
        if value not in known:
            raise Invalid({key: f"登记单位只能是：{'、'.join(known)}。"}, "")
        return {"organ_id": known[value]}
    if key not in _NAMES.values():
        raise Invalid({key: f"没有「{key}」这个字段，可用：{'、'.join(_NAMES)}。"}, "")
    return {key: _NATURES.get(value, value) if key == "nature" else value}


def unsure(seen: intake.Inspection, given: Iterable[tuple[str, str]]) -> list[str]:
    """The fields that were read out of the file without certainty and not corrected."""
    named, read = {key for key, _value in given}, seen.reading
    guesses = {"number" if item.name == "from_number" else item.name: getattr(read, item.name) for item in fields(read)}
    return [key for key, guess in guesses.items() if not guess.sure and key not in named]


def registered(document_id: int, form: intake.IntakeForm, doubtful: list[str]) -> dict[str, Any]:
    """The registered paper for machines: its number, the register's fields, and which of them are unsure."""
    return {"id": document_id, "fields": {key: getattr(form, key) for key in dict.fromkeys(_NAMES.values()) if key != "organ"}, "unsure": doubtful}
