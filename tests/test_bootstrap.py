"""Setting up `.venv`: refusals, the stamp, repair, two at once, and what is started afterwards.

The installations are real ones, by pip into real environments, of a one-module package made for the occasion.
"""

import ast
import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

import bootstrap

SOURCE = Path(bootstrap.ROOT) / "bootstrap.py"
MAIN = 'import os, sys\nprint(sys.argv[1:], os.environ.get("QT_QPA_PLATFORM"))\nraise SystemExit(7)\n'

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")


def make_wheel(folder: Path, name: str) -> str:
    """A wheel with one module that says its own name; the answer is its SHA-256."""
    record = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": f"NAME = {name!r}\n",
        f"{record}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{record}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},{len(text)}"
        for path, text in files.items()
    ]
    files[f"{record}/RECORD"] = "\n".join([*rows, f"{record}/RECORD,,"]) + "\n"
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def load(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", checkout / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fill(checkout: Path) -> Path:
    """A checkout of our own: the real bootstrap, small requirement files and a main.py that tells how it was called."""
    (checkout / "requirements").mkdir(parents=True)
    (checkout / "wheels").mkdir()
    shutil.copy(SOURCE, checkout)
    shutil.copytree(
        SOURCE.parent / "oa_client", checkout / "oa_client", ignore=lambda *_: {"__pycache__", "ui", "store"}
    )
    (checkout / "main.py").write_text(MAIN, "utf-8")
    for layer, name in {"run": "wenshu_first", "test": "wenshu_second", "check": "wenshu_third"}.items():
        digest = make_wheel(checkout / "wheels", name)
        (checkout / "requirements" / f"{layer}.txt").write_text(f"{name}==1.0 --hash=sha256:{digest}\n", "utf-8")
    return checkout


@pytest.fixture
def offline(monkeypatch, tmp_path_factory):
    """pip sees nothing but the wheels beside the requirement files, and no configuration of this machine."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "wheels")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A checkout whose environment is made but has no layer yet, to be copied by each test that installs."""
    checkout = fill(tmp_path_factory.mktemp("made") / "有 空格")
    module = load(checkout)
    with module.locked() as held:
        module.make_environment(held)
    Path(module.UNFINISHED).unlink()
    return checkout


@pytest.fixture
def checkout(made, tmp_path, monkeypatch, offline) -> Path:
    copy = Path(shutil.copytree(made, tmp_path / "有 空格", symlinks=True))
    monkeypatch.chdir(copy)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return copy


def has(module: ModuleType, name: str) -> bool:
    return not subprocess.call([module.PYTHON, "-c", f"import {name}"], stderr=subprocess.DEVNULL)


def test_an_old_python_can_read_the_file():
    ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("file", ["bootstrap.py", "oa_client/system_check.py"])
def test_nothing_but_the_standard_library_is_imported(file):
    for node in ast.walk(ast.parse((SOURCE.parent / file).read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names or name == "oa_client.system_check"


def test_an_old_python_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    assert bootstrap.main(["run"]) == 1
    assert "需要 Python 3.11 或更新版本，现在是 3.8。" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_the_package(monkeypatch, capsys, part):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == part else find(name))
    assert bootstrap.main(["setup"]) == 1
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"sudo apt-get install -y python{here}-venv" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["fly"], ["--help"]])
def test_wrong_use_shows_the_verbs(capsys, arguments):
    assert bootstrap.main(arguments) == 2
    said = capsys.readouterr().err
    assert all(verb in said for verb in bootstrap.LAYERS)


@pytest.mark.parametrize(
    ("libc", "layer", "first"),
    [
        (("glibc", "2.36"), "run", "run.txt"),
        (("glibc", "2.34"), "run", "run.txt"),
        (("glibc", "2.31"), "run", "kylin.txt"),
        (("glibc", "2.28"), "run", "kylin.txt"),
        (("glibc", "2.28"), "test", "test.txt"),
        (("", ""), "run", "run.txt"),
    ],
)
def test_old_systems_get_the_older_qt(libc, layer, first):
    paths = bootstrap.sources(layer, libc)
    assert Path(paths[0]).name == first
    assert all(Path(path).is_file() for path in paths)


def test_the_stamp_follows_the_files_and_the_python(tmp_path, monkeypatch):
    module = load(fill(tmp_path / "checkout"))
    before = {layer: module.digest(layer) for layer in ("run", "test", "check")}
    assert len(set(before.values())) == 3
    with Path(module.sources("test")[0]).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert module.digest("run") == before["run"]
    assert module.digest("test") != before["test"]
    monkeypatch.setattr(module.sysconfig, "get_platform", lambda: "another-machine")
    assert module.digest("run") != before["run"]


def test_layers_are_added_once(checkout, monkeypatch, capfd):
    module = load(checkout)
    module.set_up("run")
    assert has(module, "wenshu_first")
    assert not has(module, "wenshu_second")
    module.set_up("test")
    assert has(module, "wenshu_second")
    assert capfd.readouterr().err.count("正在安装依赖") == 2
    monkeypatch.setattr(module.subprocess, "Popen", None)
    module.set_up("test")
    module.set_up("run")
    assert capfd.readouterr().err == ""


def change_hash(folder: Path) -> None:
    lock = folder / "requirements" / "test.txt"
    lock.write_text(lock.read_text("utf-8").split("sha256:")[0] + "sha256:" + "0" * 64 + "\n", "utf-8")


def drop_wheel(folder: Path) -> None:
    next((folder / "wheels").glob("wenshu_second*")).unlink()


def drop_hash(folder: Path) -> None:
    (folder / "requirements" / "test.txt").write_text("wenshu_second==1.0\n", "utf-8")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [(change_hash, "校验值不符"), (drop_wheel, "没有适合本机的安装包"), (drop_hash, "安装依赖失败")],
)
def test_a_refused_layer_is_one_sentence(checkout, harm, sentence):
    module = load(checkout)
    module.set_up("run")
    harm(checkout)
    with pytest.raises(module.Stop, match=sentence):
        module.set_up("test")
    assert not has(module, "wenshu_second")
    assert has(module, "wenshu_first")


def test_a_failed_download_costs_no_working_client(checkout):
    module = load(checkout)
    module.set_up("run")
    drop_wheel(checkout)
    with pytest.raises(module.Stop):
        module.set_up("test")
    assert module.ready("run")


def test_an_unreachable_index_is_named(checkout, monkeypatch):
    module = load(checkout)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(module.Stop, match="连不上软件包源"):
        module.set_up("run")


def test_an_interrupted_installation_is_made_anew(checkout):
    module = load(checkout)
    module.set_up("run")
    (half,) = Path(module.VENV).glob("**/wenshu_first.py")
    half.write_text("broken(", "utf-8")
    module.write(module.UNFINISHED, "run")
    assert not module.ready("run")
    module.set_up("run")
    assert has(module, "wenshu_first")
    assert module.ready("run")


def test_an_environment_of_another_python_is_not_built_upon(checkout):
    module = load(checkout)
    assert module.usable()
    settings = Path(module.VENV) / "pyvenv.cfg"
    here = "version = {}.{}.".format(*sys.version_info[:2])
    settings.write_text(settings.read_text("utf-8").replace(here, "version = 3.2."), "utf-8")
    assert not module.usable()


def test_two_at_once_install_once(checkout):
    command = [sys.executable, "bootstrap.py", "setup"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") for _ in range(2)]
    said = "".join(process.communicate(timeout=120)[1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said.count("正在安装依赖") == 1


def start(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "bootstrap.py", *arguments], capture_output=True, encoding="utf-8", timeout=120
    )
    return done.returncode, done.stdout, done.stderr


@linux_only
def test_without_a_display_the_tour_is_run(checkout):
    status, out, said = start("run")
    assert status == 7
    assert out.strip() == f"{['tour', str(checkout / 'tour')]} offscreen"
    assert said.count("没有图形显示") == 1


def test_arguments_go_to_the_client(checkout):
    assert start("run", "doc", "list", "--json") == (
        7,
        "['doc', 'list', '--json'] None\n",
        bootstrap.INSTALLING.format("run") + "\n",
    )


def test_the_worst_benchmark_decides(checkout):
    (checkout / "bench").mkdir()
    for name, status in {"one": 0, "two": 3, "_shared": 9}.items():
        (checkout / "bench" / f"{name}.py").write_text(f"print({name!r})\nraise SystemExit({status})\n", "utf-8")
    status, out, _ = start("bench")
    assert (status, out.split()) == (3, ["one", "two"])
