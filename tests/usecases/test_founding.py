"""New databases on this PC: complete, or no file at all."""

import pytest

from oa_client.domain.errors import Invalid, Refused
from oa_client.store.engine import sqlite_url
from oa_client.usecases import connecting, demo_apart, founding, reaching, setting_up, signing_in


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("OA_HOME", str(tmp_path / "home"))


def test_a_single_desk_database_lets_its_first_administrator_in(tmp_path):
    made = founding.create_single(str(tmp_path / "新" / "库.db"), " 云岚市公安局 ", "100001", "管系统")
    opened = connecting.open_up(made.url)
    desk = signing_in.sign_in(opened.engine, made.login, made.password)
    assert opened.gate.bureau == made.bureau == "云岚市公安局"
    assert desk.actor.must_change
    assert desk.actor.holds("sys_admin")
    opened.engine.dispose()
    assert [file.name for file in (tmp_path / "新").iterdir()] == ["库.db"]


@pytest.mark.parametrize(("changes", "wrong"), [
    ({"file": ""}, {"file"}), ({"bureau": " "}, {"bureau"}), ({"login": "12a"}, {"login"}), ({"login": "１２３４"}, {"login"}), ({"name": ""}, {"name"}),
    ({"file": "", "bureau": "", "login": "", "name": ""}, {"file", "bureau", "login", "name"}),
])
def test_what_is_missing_is_told_by_field(tmp_path, changes, wrong):
    filled = {"file": str(tmp_path / "a.db"), "bureau": "局", "login": "100001", "name": "甲"} | changes
    with pytest.raises(Invalid) as told:
        founding.create_single(**filled)
    assert set(told.value.fields) == wrong
    assert not list(tmp_path.glob("a.db*"))


def test_an_existing_file_is_never_overwritten(tmp_path):
    file = tmp_path / "要紧.db"
    file.write_bytes(b"important")
    with pytest.raises(Invalid, match="同名文件"):
        founding.create_single(str(file), "局", "100001", "甲")
    assert file.read_bytes() == b"important"


def test_a_failure_half_way_leaves_no_file(tmp_path, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError
    monkeypatch.setattr(setting_up, "seed_calendar", fail)
    with pytest.raises(RuntimeError):
        founding.create_single(str(tmp_path / "a.db"), "局", "100001", "甲")
    assert not list(tmp_path.glob("a.db*"))


def test_a_place_that_cannot_be_written_is_told_at_its_field(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Invalid) as told:
        founding.create_single(str(tmp_path / "file" / "a.db"), "局", "100001", "甲")
    assert set(told.value.fields) == {"file"}


def test_the_place_offered_is_free():
    first = founding.single_place()
    founding.create_single(first, "局", "100001", "甲")
    assert first.endswith("wenshu.db")
    assert founding.single_place().endswith("wenshu-2.db")


@pytest.fixture
def quick_demo(monkeypatch):
    """create_demo that makes a small database in a moment, or fails."""
    from oa_client.usecases import demo_apart

    def create(url, report=None):
        if report is not None:
            report(1, 1, "公文")
        engine = reaching.open_database(url)
        setting_up.create(engine, "云岚市公安局", "100001", "甲")
        engine.dispose()
    monkeypatch.setattr(demo_apart, "create_demo", create)
    return create


def test_a_demonstration_replaces_the_older_one_only_when_complete(quick_demo, monkeypatch):
    from oa_client.usecases import demo_apart

    url = founding.make_demo()
    before = founding.demo_file().read_bytes()
    assert connecting.open_up(url).gate.bureau == "云岚市公安局"

    def stop(_url, report=None):
        raise KeyboardInterrupt
    monkeypatch.setattr(demo_apart, "create_demo", stop)
    with pytest.raises(KeyboardInterrupt):
        founding.make_demo()
    assert founding.demo_file().read_bytes() == before
    monkeypatch.setattr(demo_apart, "create_demo", quick_demo)
    founding.make_demo()
    assert founding.demo_file().read_bytes() != before


def test_a_demonstration_made_apart_tells_how_far_it_is_and_can_be_broken_off(tmp_path):
    told = []

    def report(done, total, words):
        told.append((done, total, words))
        if done > 3:
            raise KeyboardInterrupt
    url = sqlite_url(tmp_path / "demo.db")
    with pytest.raises(KeyboardInterrupt):
        demo_apart.create_demo(url, report)
    assert told[0][0] == 0 and told[-1][0] == 4 and told[-1][1] > 300
    assert not (tmp_path / "demo.db").exists()


def test_a_refusal_made_apart_is_told_here(tmp_path):
    (tmp_path / "demo.db").write_text("x")
    with pytest.raises(Refused, match="已经存在"):
        demo_apart.create_demo(sqlite_url(tmp_path / "demo.db"))
