"""Addresses, passwords and plain words for what stands at an address."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.errors import Invalid, Refused, Unavailable
from oa_client.usecases import connecting, db_passwords, gates, reaching, remembering
from oa_client.usecases.connecting import Server

PLAIN = st.text(st.characters(categories=("L", "N"), include_characters="_-"), min_size=1, max_size=20)


@given(host=st.from_regex(r"[a-z][a-z0-9.-]{0,20}", fullmatch=True), port=st.integers(1, 65535), database=PLAIN, verify=st.booleans())
def test_an_address_reads_back_as_it_was_filled_in(host, port, database, verify):
    server = Server(host, str(port), database, verify)
    assert connecting.read_server(connecting.server_url(server)) == server


@given(user=PLAIN, password=st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20))
def test_neither_user_nor_password_stays_in_an_address(user, password):
    from sqlalchemy import URL

    whole = URL.create("postgresql", user, password, "10.1.2.3", 5432, "oa").render_as_string(hide_password=False)
    assert connecting.plain(whole) == "postgresql://10.1.2.3:5432/oa" == connecting.plain(connecting.plain(whole))


@pytest.mark.parametrize(("server", "wrong"), [
    (Server(), {"host", "database"}), (Server("h", "0", "d"), {"port"}), (Server("h", "x", "d"), {"port"}),
    (Server("h", "65536", "d"), {"port"}), (Server("h", "５４", "d"), {"port"}), (Server("h", "1", " "), {"database"}),
])
def test_a_form_says_which_field_is_wrong(server, wrong):
    with pytest.raises(Invalid) as told:
        connecting.server_url(server)
    assert set(told.value.fields) == wrong


def test_several_servers_mean_the_one_that_may_be_written_to():
    url = connecting.server_url(Server("a.gov,b.gov", "5432", "oa"))
    assert "target_session_attrs=read-write" in url
    assert connecting.read_server(url).host == "a.gov,b.gov"


@pytest.mark.parametrize("url", ["随便写的", "sqlite:///x.db", "mysql://u@h/d"])
def test_only_a_shared_database_has_a_server(url):
    with pytest.raises(Unavailable):
        connecting.read_server(url)


def test_a_ready_database_opens(bureau):
    single = bureau.url.startswith("sqlite")
    opened = connecting.open_up(bureau.url)
    assert opened.gate.bureau == ("云岚市公安局" if single else "")
    assert (opened.kind, opened.single) == (("单机库", True) if single else ("共享库", False))
    opened.engine.dispose()
    assert connecting.probe(bureau.url) == ("连接成功：云岚市公安局，单机库可以使用。" if single else "服务器有应答，可以用警号和密码登录。")


def test_of_a_shared_database_this_pc_shows_what_it_learnt(tmp_path, monkeypatch):
    monkeypatch.setenv("OA_HOME", str(tmp_path))
    url = "postgresql://h/oa"
    assert gates.known_gate(url) == gates.Gate("", False, (), "")
    gates.remember_bureau(url, "云岚市公安局")
    assert gates.known_gate(url).bureau == "云岚市公安局"
    made = gates.Gate("云岚市公安局", True, (gates.Persona("100101", "江承岳", "局长", "市局"),), "x")
    gates.remember_demo(url, made)
    assert gates.known_gate(url) == made
    (tmp_path / gates.FILE).write_text("不是 JSON")
    assert gates.known_gate(url).bureau == ""


def test_an_empty_data_file_is_refused_in_words(tmp_path):
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    reaching.open_database(url).dispose()
    with pytest.raises(Refused, match="还没有建表"):
        connecting.open_up(url)


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
        (f"postgresql://{host}:1/x", "没有应答"), ("postgresql://no.such.host.invalid/x", "找不到这台服务器"),
        (f"postgresql://{host}:{port}/postgres?sslmode=verify-full", "证书"),
    ):
        with pytest.raises(Unavailable, match=words):
            connecting.open_up(url)


def test_a_missing_root_certificate_is_not_taken_for_a_missing_database(monkeypatch):
    def fail(_engine):
        raise Unavailable("x", "", 'root certificate file "/home/a/.postgresql/root.crt" does not exist')
    monkeypatch.setattr(connecting, "answers", fail)
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


def test_the_key_store_keeps_and_forgets_for_each_officer(monkeypatch):
    store = Store()
    monkeypatch.setattr(remembering, "store", lambda: store)
    url = "postgresql://h/d"
    assert db_passwords.can_keep_passwords()
    assert db_passwords.keep_password(url, "110001", "口令 1")
    assert db_passwords.kept_password(url, "110001") == "口令 1"
    assert db_passwords.kept_password(url, "110002") == ""
    db_passwords.forget_password(url, "110001")
    assert db_passwords.kept_password(url, "110001") == ""


def test_without_a_key_store_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(remembering, "store", lambda: None)
    assert not db_passwords.can_keep_passwords()
    assert not db_passwords.keep_password("postgresql://h/d", "110001", "x")
    assert db_passwords.kept_password("postgresql://h/d", "110001") == ""


def test_a_store_that_waits_for_somebody_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(remembering, "store", lambda: Store(slow=True))
    monkeypatch.setattr(db_passwords, "KEY_STORE_SECONDS", 0.05)
    assert db_passwords.kept_password("postgresql://h/d", "110001") == ""
