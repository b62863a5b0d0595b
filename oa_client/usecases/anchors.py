"""Anchors of the audit (留痕锚点): a signed root to be printed or kept elsewhere, by which even a chain that was taken away as a whole is missed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from ..domain import anchor as anchors
from ..domain.anchor import Anchor
from ..domain.errors import Refused, Unavailable
from ..store import auditing
from ..store.tables import Unit
from .anchor_keys import known_keys, public_of, public_text, signed_by
from .auditors import Place, looking, noted
from .desk import Outcome, local, now

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Issued:
    """An anchor that was written: what to print or note down of it."""

    file: Path
    at: str
    streams: int
    events: int
    root: str
    key: str
    signature: str


def issue(place: Place, file: Path, key: Ed25519PrivateKey, report: Report | None = None, *, anyway: bool = False) -> Outcome[Issued]:
    """Verify all chains and write an anchor over them. Refused when something does not fit, unless `anyway`; a file that is there is never overwritten."""
    if file.exists():
        raise Refused(f"文件「{file.name}」已经存在，没有签发。", "请换一个文件名；以前的锚点要留着。")
    tell = report or (lambda _done, _total, _words: None)
    with looking(place) as session:
        verdict = auditing.verify(session, tell)
        if not verdict.good and not anyway:
            raise Refused(f"留痕有 {len(verdict.faults) + verdict.more} 处不符，没有签发。", f"请先查明：{verdict.faults[0].words}查明以后仍要签发的，请选“有不符也签发”。")
        made = _made(session, place, key)
    _write(file, made)
    noted(place, "audit_anchor", events=made.packed.events, streams=made.packed.streams, root=made.packed.root)
    packed = made.packed
    done = Issued(file, local(made.at).isoformat(timespec="seconds"), packed.streams, packed.events, packed.root, made.key, made.signature)
    return Outcome(done, frozenset({"audit"}), f"已签发锚点 {file}：{packed.streams} 条链，{packed.events} 条留痕。")


def read(file: Path, key: str = "") -> tuple[Anchor, bool]:
    """An anchor whose signature is good, and whether its signer is known: by the key that is named, else by those of this PC.

    Refused when the file was altered, or was signed with another key.
    """
    try:
        anchor = anchors.read(file.read_text("utf-8"))
    except OSError as problem:
        raise Unavailable(f"锚点文件「{file.name}」读不出来。", "请核对路径和权限。", str(problem)) from problem
    except ValueError as problem:
        raise Refused(f"「{file.name}」不是完好的锚点，内容被改动过或已损坏。", "请换用另一份保存的锚点。", str(problem)) from problem
    if not signed_by(anchor.key, anchor.signature, anchor.signed()):
        raise Refused(f"锚点「{file.name}」的签名不对，内容被改动过。", "请换用另一份保存的锚点。")
    known = [public_of(key)] if key else known_keys()
    if known and anchor.key not in known:
        whose = "给出的公钥" if key else "这台电脑用过的密钥"
        raise Refused(f"锚点「{file.name}」不是用{whose}签发的。", "如果是以前的安全审计员签发的，请给出当时的公钥。", anchor.key)
    return anchor, bool(known)


def _made(session: Session, place: Place, key: Ed25519PrivateKey) -> Anchor:
    engine = place if isinstance(place, Engine) else place.engine
    bureau = session.scalar(select(Unit.name).where(Unit.parent_id.is_(None))) or ""
    moment = now() if isinstance(place, Engine) else place.clock()
    database = Path(engine.url.database or "").name
    made = Anchor(database, bureau, moment, auditing.boundary(session), anchors.pack(auditing.heads(session)), public_text(key))
    return made.with_signature(key.sign(made.signed()))


def _write(file: Path, anchor: Anchor) -> None:
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.write_text(anchor.text(), "utf-8")
        fresh.replace(file)
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink()
        raise Unavailable("锚点文件写不进去，没有签发。", "请换一个文件夹，或检查磁盘空间和权限。", str(problem)) from problem
