"""What the reading of an incoming document goes by, and what it answers with (来文要素识别)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Guess(Generic[T]):
    """One value read out of a document; `sure` is false when the officer has to look; `why` says where it came from."""

    value: T
    sure: bool
    why: str


@dataclass(frozen=True)
class Reading:
    """The fields of a 收文登记 as far as the text tells them.

    `doc_date` is the 成文日期 (None when the text has none); `secrecy` is "" or one of 秘密, 机密, 绝密;
    `urgency` is 平件, 加急 or 特急; `doc_type` is one of the 15 文种 or "" (条例第八条).
    """

    title: Guess[str]
    from_organ: Guess[str]
    from_number: Guess[str]
    doc_date: Guess[date | None]
    secrecy: Guess[str]
    urgency: Guess[str]
    main_to: Guess[str]
    doc_type: Guess[str]


@dataclass(frozen=True)
class ReadingRules:
    """Words, endings and limits of the reading; see `resources/rules/intake_reading.json`."""

    words: dict[str, tuple[str, ...]]
    doc_types: tuple[tuple[str, tuple[str, ...]], ...]
    urgency: dict[str, Guess[str]]
    urgency_default: str
    urgent_title_value: str
    limits: dict[str, int]
    mark: re.Pattern[str]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "ReadingRules":
        """Build the rules from the data file's content; KeyError when an entry is missing."""
        words = {key: tuple(value) for key, value in data.items() if isinstance(value, list) and key != "doc_types"}
        return cls(
            words=words,
            doc_types=tuple((item["name"], tuple(item["endings"])) for item in data["doc_types"]),
            urgency={key: Guess(item["value"], item["sure"], item["why"]) for key, item in data["urgency"].items()},
            urgency_default=data["urgency_default"],
            urgent_title_value=data["urgent_title_value"],
            limits=dict(data["limits"]),
            mark=_mark_pattern(data),
        )

    def type_endings(self) -> tuple[str, ...]:
        """Every ending by which a title shows its 文种."""
        return tuple(ending for _, endings in self.doc_types for ending in endings)


def _either(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _mark_pattern(data: dict[str, Any]) -> re.Pattern[str]:
    """A whole squeezed line of the head that holds nothing but 份号, 密级和保密期限, 紧急程度 and 发文字号."""
    stars, term = re.escape(data["secrecy_stars"]), r"\d{1,2}(?:年|个月|天)|" + _either(data["secrecy_terms"])
    secret = rf"(?:{_either(data['secrecy_labels'])})?[:：]?(?P<secrecy>{_either(data['secrecy'])})(?:级)?(?:[{stars}]?(?P<term>{term})|[{stars}])?"
    urgent = rf"(?:{_either(data['urgency_labels'])})?[:：]?(?P<urgency>{_either(data['urgency'])})"
    copy_no = r"(?:份号|№|No\.?)?[:：]?(?P<copy>\d{6})(?:号)?"
    return re.compile(rf"^(?:{copy_no})?(?:{secret})?[,，、;；]?(?:{urgent})?(?P<rest>.*)$")
