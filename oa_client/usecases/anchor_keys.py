"""The audit administrator's signing key (锚点密钥; Ed25519): in this PC's key store, or in a file with a passphrase. Its public half is what others check by."""

import base64
import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from keyring.errors import KeyringError

from ..domain.errors import Refused, Unavailable
from .db_passwords import in_time
from .remembering import SERVICE, remember, store

OWN, KNOWN = "anchor key", "anchor public keys"
SHORTEST, KEPT = 8, 20
_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The public key as it is written down."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return base64.b64encode(public.public_bytes(*_RAW)).decode()


def own_key(*, fresh: bool = False) -> Ed25519PrivateKey:
    """The key of this PC's key store, made at its first use, or anew with `fresh`; the public half of earlier ones stays known.

    Refused when this PC has no key store that may be trusted; Unavailable when it does not open: then nothing in it is changed.
    """
    if in_time(store) is None:
        raise Refused("这台电脑没有可信的钥匙串，锚点密钥无处存放，没有签发。", "请改用密钥文件，文件由口令保护。")
    seed, known = in_time(lambda: _kept(OWN)), in_time(lambda: _kept(KNOWN))
    if seed is None or known is None:
        raise Unavailable("钥匙串没有打开，没有签发。", "请解锁钥匙串后再试，或改用密钥文件。")
    if seed and not fresh:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))
    made = Ed25519PrivateKey.generate()
    public, text = " ".join([*known.split(), public_text(made)][-KEPT:]), base64.b64encode(made.private_bytes_raw()).decode()
    if not in_time(lambda: remember(KNOWN, public) and remember(OWN, text)):
        raise Unavailable("锚点密钥没有存进钥匙串，没有签发。", "请解锁钥匙串后再试，或改用密钥文件。")
    return made


def known_keys() -> list[str]:
    """The public keys that this PC has signed with, the present one last; none when its key store does not answer."""
    return (in_time(lambda: _kept(KNOWN)) or "").split()


def _kept(name: str) -> str | None:
    """What the key store holds under a name: empty when nothing, None when it cannot be asked."""
    backend = store()
    try:
        return (backend.get_password(SERVICE, name) or "") if backend else None
    except (KeyringError, RuntimeError):
        return None


def file_key(file: Path, passphrase: Callable[[bool], str]) -> Ed25519PrivateKey:
    """The key of a file, which is made where it is not there. `passphrase` is asked, with True for a new file.

    Refused when the passphrase is wrong or too short, or the file holds another kind of key.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return _new_file(file, passphrase(True))
    except OSError as problem:
        raise Unavailable(f"密钥文件「{file.name}」读不出来。", "请核对路径和权限。", str(problem)) from problem
    try:
        key = serialization.load_pem_private_key(data, passphrase(False).encode() if b"ENCRYPTED" in data else None)
    except (ValueError, TypeError) as problem:
        raise Refused(f"密钥文件「{file.name}」打不开，没有签发。", "可能是口令不对，或文件不是私钥。", str(problem)) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(f"密钥文件「{file.name}」不是 Ed25519 密钥，没有签发。", "请换一个密钥文件，或指定一个新的文件名由本程序生成。")
    return key


def public_of(words: str) -> str:
    """The public key that was named: written out, or in a file (base64 or PEM). Refused when it is none."""
    try:
        given = Path(words).read_bytes() if len(words) < 1000 and Path(words).is_file() else words.encode()
        key = serialization.load_pem_public_key(given) if given.startswith(b"-----") else Ed25519PublicKey.from_public_bytes(base64.b64decode(given.strip(), validate=True))
    except (ValueError, OSError) as problem:
        raise Refused("给出的公钥读不出来。", "公钥是签发锚点时显示的一行字，也可以是存有它的文件。", str(problem)) from problem
    if not isinstance(key, Ed25519PublicKey):
        raise Refused("给出的公钥不是 Ed25519 公钥。")
    return public_text(key)


def signed_by(public: str, signature: str, data: bytes) -> bool:
    """Whether a signature over data is by the holder of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(base64.b64decode(signature, validate=True), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _new_file(file: Path, words: str) -> Ed25519PrivateKey:
    if len(words) < SHORTEST:
        raise Refused(f"密钥文件的口令至少 {SHORTEST} 个字符，没有生成。", "请换一个长一些的口令，并妥善记下。")
    made = Ed25519PrivateKey.generate()
    data = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(words.encode()))
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
    except OSError as problem:
        raise Unavailable(f"密钥文件「{file.name}」写不进去，没有签发。", "请换一个文件夹，或检查权限。", str(problem)) from problem
    return made
