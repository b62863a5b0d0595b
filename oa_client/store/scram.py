"""Passwords as PostgreSQL keeps them (SCRAM-SHA-256; RFC 5802, RFC 7677): the server is never told the password itself.

Passwords are printable ASCII here, so that no normalisation comes in between.
"""

import base64
import hashlib
import hmac
import secrets

ROUNDS = 4096
SALT_BYTES = 16


def verifier(password: str, salt: bytes | None = None, rounds: int = ROUNDS) -> str:
    """The verifier of a password, with a fresh salt unless one is given."""
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    client = hmac.digest(salted, b"Client Key", "sha256")
    server = hmac.digest(salted, b"Server Key", "sha256")
    stored = hashlib.sha256(client).digest()
    return f"SCRAM-SHA-256${rounds}:{_text(salt)}${_text(stored)}:{_text(server)}"


def under(password: str, salt: str, rounds: int) -> str:
    """The verifier that a password would have had under an older salt."""
    return verifier(password, base64.b64decode(salt), rounds)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
