"""Anchors of the audit: signed, read again, refused when altered; what is missing in the chains is named."""

import base64
import gzip
import json
import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from keyring.errors import KeyringLocked
from sqlalchemy import text

from oa_client.domain import anchor as anchors_domain
from oa_client.domain.anchor import Knot
from oa_client.domain.errors import Refused, Unavailable
from oa_client.usecases import anchor_keys, anchors, auditing, db_passwords, remembering

AUDITOR, WORDS = "100904", "正确的口令-2026"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


class Drawer:
    """A key store of this PC."""

    def __init__(self):
        self.kept, self.locked = {}, False

    def get_password(self, _service, name):
        if self.locked:
            raise KeyringLocked
        return self.kept.get(name)

    def set_password(self, _service, name, value):
        if self.locked:
            raise KeyringLocked
        self.kept[name] = value


@pytest.fixture
def drawer(monkeypatch):
    made = Drawer()
    for module in (remembering, anchor_keys):
        monkeypatch.setattr(module, "store", lambda: made)
    return made


@pytest.fixture(autouse=True)
def _no_drawer(monkeypatch):
    for module in (remembering, anchor_keys):
        monkeypatch.setattr(module, "store", lambda: None)


@pytest.fixture
def kept(bureau, tmp_path):
    """An anchor of a bureau in which something happened."""
    bureau.paper = bureau.register()
    bureau.sign_in("110001")
    bureau.file = tmp_path / "锚点.json"
    anchors.issue(bureau.desk(AUDITOR), bureau.file, KEY)
    return bureau


def run(bureau, *statements, **values):
    with bureau.engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement), values)


def faults(bureau, key=""):
    return {(fault.kind, fault.stream) for fault in auditing.verify(bureau.desk(AUDITOR), bureau.file, key).value.faults}


def test_an_anchor_holds_every_head(kept):
    written = json.loads(kept.file.read_text("utf-8"))
    assert set(written) == {"format", "database", "bureau", "at", "boundary", "events", "streams", "root", "heads", "key", "signature"}
    assert written["bureau"] == "云岚市公安局" and written["key"] == anchor_keys.public_text(KEY) and written["boundary"]
    lines = gzip.decompress(base64.b64decode(written["heads"])).decode().splitlines()
    assert len(lines) == written["streams"] == len({line.split()[0] for line in lines}) and lines == sorted(lines)
    assert sum(int(line.split()[1]) for line in lines) == written["events"]
    assert [entry.words for entry in auditing.page(kept.desk(AUDITOR)).rows][:1] == [f"签发留痕锚点，{written['events']} 条"]


def test_later_events_change_nothing_for_an_anchor(kept):
    kept.register(number="丙〔2026〕1号")
    kept.act("110001", kept.paper, "to_propose")
    done = auditing.verify(kept.desk(AUDITOR), kept.file, anchor_keys.public_text(KEY))
    assert done.value.good and done.value.signer_known and "锚点核对" in done.notice and "--key" not in done.notice


@pytest.mark.attack
def test_a_cut_tail_a_lost_chain_and_a_rewritten_one_are_named(kept):
    account = kept.desk("110001").actor.id
    paper, signed = f"d{kept.paper}", f"a{account}"
    run(kept, "DELETE FROM audit_link WHERE stream = :stream AND seq = 2", "DELETE FROM audit_event WHERE id IN (SELECT max(id) FROM audit_event WHERE stream = :stream)",
        "UPDATE audit_head SET seq = 1, hash = (SELECT hash FROM audit_link WHERE stream = :stream) WHERE stream = :stream", stream=paper)
    run(kept, *(f"DELETE FROM {table} WHERE stream = :stream" for table in ("audit_link", "audit_event", "audit_head")), stream=signed)
    assert faults(kept) == {("cut", paper), ("lost", signed)}
    words = {fault.words for fault in auditing.verify(kept.desk(AUDITOR), kept.file).value.faults}
    assert words == {f"公文 第{kept.paper}号 的留痕链：锚点里这条链有 2 环，现在不足，末尾被截去。", f"账号 第{account}号 的留痕链：锚点里有这条链，现在整条不在了。"}
    assert auditing.verify(kept.desk(AUDITOR)).value.good


def test_a_signer_nobody_vouches_for_is_told(kept):
    done = auditing.verify(kept.desk(AUDITOR), kept.file)
    assert done.value.good and not done.value.signer_known and "没有核对是谁签的" in done.notice


@pytest.mark.attack
@pytest.mark.parametrize("name", ["database", "bureau", "at", "boundary", "events", "streams", "root", "heads", "key", "signature", "format"])
def test_an_altered_anchor_is_refused(kept, name):
    written = json.loads(kept.file.read_text("utf-8"))
    other = {"at": "2025-01-01T00:00:00+00:00", "events": written["events"] - 1, "streams": written["streams"] + 1, "root": "0" * 64, "format": "wenshu-anchor-2",
             "key": anchor_keys.public_text(Ed25519PrivateKey.generate()), "signature": base64.b64encode(bytes(64)).decode(),
             "heads": base64.b64encode(gzip.compress(b"d1 1 " + b"0" * 64 + b"\n")).decode()}
    kept.file.write_text(json.dumps({**written, name: other.get(name, f"{written[name]}1")}), "utf-8")
    with pytest.raises(Refused, match=r"不是完好的锚点|签名不对"):
        auditing.verify(kept.desk(AUDITOR), kept.file)


@pytest.mark.attack
def test_an_altered_head_with_a_root_that_fits_is_refused(kept):
    written = json.loads(kept.file.read_text("utf-8"))
    held = anchors_domain.read(kept.file.read_text("utf-8"))
    again = anchors_domain.pack(knot for knot in anchors_domain.unpack(held.packed) if knot.stream != f"d{kept.paper}")
    written |= {"heads": base64.b64encode(again.heads).decode(), "root": again.root, "streams": again.streams, "events": again.events}
    kept.file.write_text(json.dumps(written), "utf-8")
    with pytest.raises(Refused, match="签名不对"):
        auditing.verify(kept.desk(AUDITOR), kept.file)


@pytest.mark.attack
@pytest.mark.fuzz
@pytest.mark.parametrize("content", ["", "{}", "[]", "null", "7", "{\"format\": \"wenshu-anchor-1\"}", "\udcff", "x" * 1000])
def test_what_is_no_anchor_is_refused(small, tmp_path, content):
    file = tmp_path / "x.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(Refused, match="不是完好的锚点"):
        auditing.verify(small.desk(AUDITOR), file)
    with pytest.raises(Unavailable):
        auditing.verify(small.desk(AUDITOR), tmp_path / "没有.json")


def test_damaged_packing_is_a_damaged_anchor():
    packed = anchors_domain.pack([Knot("d1", 3, "a" * 64)])
    for at in range(10, len(packed.heads)):
        broken = anchors_domain.Packed(packed.heads[:at] + bytes([packed.heads[at] ^ 0xFF]) + packed.heads[at + 1:], packed.root, 1, 3)
        try:
            assert list(anchors_domain.unpack(broken)) != [Knot("d1", 3, "a" * 64)] or at >= len(packed.heads) - 8
        except ValueError:
            continue


def test_a_rotated_key(bureau, drawer, tmp_path):
    desk, first, second = bureau.desk(AUDITOR), tmp_path / "1.json", tmp_path / "2.json"
    old = anchor_keys.own_key()
    assert anchor_keys.public_text(anchor_keys.own_key()) == anchor_keys.public_text(old)
    anchors.issue(desk, first, old)
    fresh = anchor_keys.own_key(fresh=True)
    anchors.issue(desk, second, fresh)
    assert anchor_keys.known_keys() == [anchor_keys.public_text(old), anchor_keys.public_text(fresh)]
    for file in (first, second):
        assert auditing.verify(desk, file).value.signer_known
    assert auditing.verify(desk, first, anchor_keys.public_text(old)).value.good
    with pytest.raises(Refused, match="不是用给出的公钥签发的"):
        auditing.verify(desk, first, anchor_keys.public_text(fresh))


@pytest.mark.attack
def test_an_anchor_of_somebody_else_is_refused(bureau, drawer, tmp_path):
    anchor_keys.own_key()
    anchors.issue(bureau.desk(AUDITOR), tmp_path / "x.json", Ed25519PrivateKey.generate())
    with pytest.raises(Refused, match="不是用这台电脑用过的密钥签发的"):
        auditing.verify(bureau.desk(AUDITOR), tmp_path / "x.json")


def test_a_key_store_that_stays_shut_loses_no_key(drawer):
    old = anchor_keys.public_text(anchor_keys.own_key())
    drawer.locked = True
    with pytest.raises(Unavailable, match="钥匙串没有打开"):
        anchor_keys.own_key()
    assert anchor_keys.known_keys() == []
    drawer.locked = False
    assert anchor_keys.public_text(anchor_keys.own_key()) == old


def test_without_a_key_store_a_file_is_asked_for():
    with pytest.raises(Refused, match="没有可信的钥匙串"):
        anchor_keys.own_key()


def test_a_key_store_that_does_not_answer_is_not_waited_for(drawer, monkeypatch):
    from threading import Event

    shut = Event()
    monkeypatch.setattr(db_passwords, "KEY_STORE_SECONDS", 0.05)
    monkeypatch.setattr(drawer, "get_password", lambda _service, _name: shut.wait(5) and None)
    with pytest.raises(Unavailable):
        anchor_keys.own_key()
    shut.set()


def test_a_key_file_is_made_once_and_kept_from_others(tmp_path):
    file, asked = tmp_path / "key.pem", []
    made = anchor_keys.file_key(file, lambda new: asked.append(new) or WORDS)
    assert b"ENCRYPTED" in file.read_bytes() and stat.S_IMODE(file.stat().st_mode) == 0o600
    assert anchor_keys.public_text(anchor_keys.file_key(file, lambda new: asked.append(new) or WORDS)) == anchor_keys.public_text(made) and asked == [True, False]
    with pytest.raises(Refused, match="打不开"):
        anchor_keys.file_key(file, lambda _new: "别的口令-2026")
    with pytest.raises(Refused, match="至少"):
        anchor_keys.file_key(tmp_path / "other.pem", lambda _new: "短")
    assert not (tmp_path / "other.pem").exists()
    with pytest.raises(Unavailable):
        anchor_keys.file_key(tmp_path / "没有" / "x.pem", lambda _new: WORDS)


def test_another_kind_of_key_is_refused(tmp_path):
    file = tmp_path / "ec.pem"
    file.write_bytes(ec.generate_private_key(ec.SECP256R1()).private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    with pytest.raises(Refused, match="不是 Ed25519"):
        anchor_keys.file_key(file, lambda _new: WORDS)
    file.write_text("hello", "utf-8")
    with pytest.raises(Refused, match="打不开"):
        anchor_keys.file_key(file, lambda _new: WORDS)


def test_a_public_key_is_read_in_three_ways(tmp_path):
    written, line, pem = anchor_keys.public_text(KEY), tmp_path / "key.txt", tmp_path / "key.pem"
    line.write_text(written + "\n", "utf-8")
    pem.write_bytes(KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    assert {anchor_keys.public_of(named) for named in (written, str(line), str(pem))} == {written}
    for wrong in ("", "abc", "没有这个文件", base64.b64encode(b"short").decode()):
        with pytest.raises(Refused, match="公钥"):
            anchor_keys.public_of(wrong)


def test_broken_chains_are_not_signed_by_mistake(kept, tmp_path):
    run(kept, "UPDATE audit_event SET terminal = 'x' WHERE document_id = :id", id=kept.paper)
    with pytest.raises(Refused, match=r"1 处不符，没有签发.*有不符也签发"):
        anchors.issue(kept.desk(AUDITOR), tmp_path / "2.json", KEY)
    assert not (tmp_path / "2.json").exists()
    assert anchors.issue(kept.desk(AUDITOR), tmp_path / "2.json", KEY, anyway=True).value.streams > 1


def test_an_anchor_is_never_overwritten(kept):
    before = kept.file.read_bytes()
    with pytest.raises(Refused, match="已经存在"):
        anchors.issue(kept.desk(AUDITOR), kept.file, KEY)
    assert kept.file.read_bytes() == before
    with pytest.raises(Unavailable, match="写不进去"):
        anchors.issue(kept.desk(AUDITOR), kept.file.parent / "没有" / "x.json", KEY)


@pytest.mark.parametrize("login", ["110001", "100901", "100903"])
def test_nobody_else_issues_anchors(bureau, login, tmp_path):
    with pytest.raises(Refused, match="只有安全审计员"):
        anchors.issue(bureau.desk(login), tmp_path / "x.json", KEY)
    assert not (tmp_path / "x.json").exists()
