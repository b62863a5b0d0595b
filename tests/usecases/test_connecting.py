"""Addresses, passwords and plain words for what stands at an address."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.errors import Invalid, Refused, Unavailable
from oa_client.usecases import connecting, db_passwords, remembering, setting_up
from oa_client.usecases.connecting import PasswordWanted, Server

PLAIN = st.text(st.characters(categories=("L", "N"), include_characters="_-"), min_size=1, max_size=20)


@given(host=st.from_regex(r"[a-z][a-z0-9.-]{0,20}", fullmatch=True), port=st.integers(1, 65535), database=PLAIN, user=PLAIN, verify=st.booleans())
def test_an_address_reads_back_as_it_was_filled_in(host, port, database, user, verify):
    server = Server(host, str(port), database, user, verify)
    assert connecting.read_server(connecting.server_url(server)) == (server, "")


@given(user=PLAIN, password=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20))
def test_a_password_never_stays_in_an_address(user, password):
    from sqlalchemy import URL

    whole = URL.create("postgresql", user, password, "10.1.2.3", 5432, "oa").render_as_string(hide_password=False)
    plain, split = connecting.split_password(whole)
    assert split == password
    assert connecting.split_password(plain) == (plain, "")


@pytest.mark.parametrize(("server", "wrong"), [
    (Server(), {"host", "database", "user"}), (Server("h", "0", "d", "u"), {"port"}), (Server("h", "x", "d", "u"), {"port"}),
    (Server("h", "65536", "d", "u"), {"port"}), (Server("h", "５４", "d", "u"), {"port"}), (Server("h", "1", " ", "u"), {"database"}),
])
def test_a_form_says_which_field_is_wrong(server, wrong):
    with pytest.raises(Invalid) as told:
        connecting.server_url(server)
    assert set(told.value.fields) == wrong


def test_several_servers_mean_the_one_that_may_be_written_to():
    url = connecting.server_url(Server("a.gov,b.gov", "5432", "oa", "u"))
    assert "target_session_attrs=read-write" in url
    assert connecting.read_server(url)[0].host == "a.gov,b.gov"


@pytest.mark.parametrize("url", ["随便写的", "sqlite:///x.db", "mysql://u@h/d"])
def test_only_a_shared_database_has_a_server(url):
    with pytest.raises(Unavailable):
        connecting.read_server(url)


def test_a_ready_database_opens(bureau):
    opened = connecting.open_up(bureau.url)
    assert opened.gate.bureau == "云岚市公安局"
    assert opened.kind == ("单机库" if bureau.url.startswith("sqlite") else "共享库")
    assert opened.single is bureau.url.startswith("sqlite")
    opened.engine.dispose()
    assert connecting.probe(bureau.url) == f"连接成功：云岚市公安局，{opened.kind}可以使用。"


def test_an_empty_database_is_refused_in_words(database_url):
    setting_up.open_database(database_url).dispose()
    with pytest.raises(Refused, match="还没有建表"):
        connecting.open_up(database_url)


def test_a_missing_file_is_not_made(tmp_path):
    file = tmp_path / "没有.db"
    with pytest.raises(Unavailable, match="找不到数据文件"):
        connecting.open_up(f"sqlite:///{file}")
    assert not file.exists()


def test_a_file_that_is_no_database(tmp_path):
    file = tmp_path / "假.db"
    file.write_text("这不是数据库" * 1000, "utf-8")
    with pytest.raises(Unavailable, match="不是本系统的数据库"):
        connecting.open_up(f"sqlite:///{file}")


@pytest.mark.postgres
def test_what_is_wrong_with_a_server_is_said_plainly(postgres_server):
    host, port = postgres_server
    for url, words in (
        (f"postgresql://postgres@{host}:{port}/nothing", "没有这个库或用户"), (f"postgresql://postgres@{host}:1/x", "没有应答"),
        ("postgresql://postgres@no.such.host.invalid/x", "找不到这台服务器"),
        (f"postgresql://postgres@{host}:{port}/postgres?sslmode=verify-full", "证书"),
    ):
        with pytest.raises(Unavailable, match=words):
            connecting.open_up(url)


@pytest.fixture
def refusing(monkeypatch):
    """open_database fails with the driver's words."""
    def refuse(words: str):
        def fail(_url):
            raise Unavailable("x", "", words)
        monkeypatch.setattr(setting_up, "open_database", fail)
    return refuse


@pytest.mark.parametrize(("details", "password", "words"), [
    ("fe_sendauth: no password supplied", "", "需要密码"), ('FATAL:  password authentication failed for user "a"', "x", "用户名或密码不对"),
])
def test_a_wanted_password_is_told_apart(refusing, details, password, words):
    refusing(details)
    with pytest.raises(PasswordWanted, match=words):
        connecting.open_up("postgresql://a@h/d", password)


def test_a_missing_root_certificate_is_not_taken_for_a_missing_database(refusing):
    refusing('root certificate file "/home/a/.postgresql/root.crt" does not exist')
    with pytest.raises(Unavailable, match="根证书"):
        connecting.open_up("postgresql://a@h/d?sslmode=verify-full")


class Store:
    """A key store in memory; `slow` never answers."""

    def __init__(self, slow: bool = False) -> None:
        self.kept, self.slow = {}, slow

    def get_password(self, _service, name):
        if self.slow:
            import time

            time.sleep(1)
        return self.kept.get(name)

    def set_password(self, _service, name, password):
        self.kept[name] = password

    def delete_password(self, _service, name):
        del self.kept[name]


def test_the_key_store_keeps_and_forgets(monkeypatch):
    store = Store()
    monkeypatch.setattr(remembering, "store", lambda: store)
    assert db_passwords.can_keep_passwords()
    assert db_passwords.keep_password("postgresql://a@h/d", "口令 1")
    assert db_passwords.kept_password("postgresql://a@h/d") == "口令 1"
    db_passwords.forget_password("postgresql://a@h/d")
    assert db_passwords.kept_password("postgresql://a@h/d") == ""


def test_without_a_key_store_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(remembering, "store", lambda: None)
    assert not db_passwords.can_keep_passwords()
    assert not db_passwords.keep_password("postgresql://a@h/d", "x")
    assert db_passwords.kept_password("postgresql://a@h/d") == ""


def test_a_store_that_waits_for_somebody_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(remembering, "store", lambda: Store(slow=True))
    monkeypatch.setattr(db_passwords, "KEY_STORE_SECONDS", 0.05)
    assert db_passwords.kept_password("postgresql://a@h/d") == ""


def test_last_times_database_opens_with_the_kept_password(monkeypatch, small):
    asked = []
    monkeypatch.setattr(db_passwords, "open_up", lambda url, password: asked.append((url, password)))
    monkeypatch.setattr(db_passwords, "kept_password", lambda url: f"kept for {Path(url).name}")
    db_passwords.open_again("postgresql://a:own@h/d")
    db_passwords.open_again("postgresql://a@h/d")
    db_passwords.open_again(small.url)
    assert asked == [("postgresql://a@h/d", "own"), ("postgresql://a@h/d", "kept for d"), (small.url, "")]
