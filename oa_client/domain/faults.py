"""What can be wrong with the audit's chains (留痕不符), and how it is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .chain import START, Happening, digest

LISTED = 1000
_STREAMS = {"d": "公文 第{}号 的留痕链", "a": "账号 第{}号 的留痕链", "r": "账号 第{}号 的阅看链"}
_WORDS = {
    "edited": "第 {seq} 环的内容与写下时的摘要不符，这条留痕被改动过", "torn": "第 {seq} 环与前一环接不上，此处有留痕被改写、插入、删除或调换",
    "gap": "第 {seq} 环之前缺环，有留痕被删除或调换", "gone": "第 {seq} 环还在，所记的留痕已不在", "unlinked": "有一条留痕不在链上，是后来插入的，或它的环被删除",
    "head": "链头与最后一环不符，末尾被截去、改写或添加过", "headless": "有环而没有链头，链头被删除", "emptied": "链头还在，链上的环都不在了",
    "opinion": "有一条意见与签署时的摘要不符，意见的内容或署名被改动过", "unsaid": "有一条意见没有签署留痕，是后来插入的，或留痕被删除", "unkept": "签署过的一条意见已不在，被删除",
    "number": "发文字号与编号时的留痕不符", "reference": "档号与归档时的留痕不符",
    "lost": "锚点里有这条链，现在整条不在了", "cut": "锚点里这条链有 {seq} 环，现在不足，末尾被截去", "rewritten": "第 {seq} 环与锚点里的不同，这条链被改写过",
}
_CHAIN = frozenset({"edited", "torn", "gap", "gone", "unlinked", "head", "headless", "emptied"})


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with a stream: at which link, with which event, when that was. `item` tells opinions of one document apart."""

    kind: str
    stream: str
    seq: int | None = None
    event_id: int | None = None
    at: datetime | None = None
    item: int | None = None

    @property
    def words(self) -> str:
        """The fault as a sentence without the time."""
        where = f"（留痕编号 {self.event_id}）" if self.event_id is not None else ""
        return f"{stream_words(self.stream)}：{_WORDS[self.kind].format(seq=self.seq)}{where}。"


def stream_words(stream: str) -> str:
    """What a chain is called."""
    form = _STREAMS.get(stream[:1]) if stream[1:].isdecimal() else None
    return form.format(stream[1:]) if form else "机关设置的留痕链" if stream == "s" else f"链「{stream}」"


def amiss(link: tuple[Any, str, str, str], event: Happening | None, before: tuple[Any, str]) -> str:
    """What is wrong with a link (seq, stream, prev, hash) that comes after another (seq, hash) of its stream; empty when nothing is.

    The database's function `oa.audit_faults` judges in the same order.
    """
    seq, stream, prev, hashed = link
    if seq != before[0] + 1:
        return "gap"
    if prev != before[1]:
        return "torn"
    if event is None:
        return "gone"
    return "" if event.stream == stream and digest(event, prev) == hashed else "edited"


BEGINNING = (0, START)


@dataclass
class Findings:
    """Faults as they are found: of each chain the first, and no more than are worth listing; `more` counts those left out."""

    found: dict[tuple[Any, ...], Fault] = field(default_factory=dict)
    more: int = 0

    def add(self, faults: Iterable[Fault]) -> None:
        """Take faults in."""
        for fault in faults:
            key = (fault.stream, "chain") if fault.kind in _CHAIN else (fault.stream, fault.kind, fault.item)
            known = self.found.get(key)
            if known is not None:
                self.found[key] = min(known, fault, key=_place)
            elif len(self.found) < LISTED:
                self.found[key] = fault
            else:
                self.more += 1

    def listed(self) -> tuple[Fault, ...]:
        """The faults, in the order of chains, those of the chain itself first."""
        return tuple(sorted(self.found.values(), key=lambda fault: (fault.stream[:1], len(fault.stream), fault.stream, fault.kind not in _CHAIN, _place(fault))))


def _place(fault: Fault) -> tuple[bool, int]:
    """Where in its chain a fault stands; one that is at no link comes last."""
    return fault.seq is None or fault.kind in ("head", "headless", "emptied"), fault.seq or 0
