"""The pinned requirements: complete, hashed, without addresses, in step with what is asked for and installed."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import bootstrap
import oa_client

FOLDER = Path(bootstrap.ROOT) / "requirements"
LOCKS = ["run", "test", "check"]


def entries(lock: str) -> list[str]:
    """The requirements of a lock, each with its hashes on one line."""
    text = (FOLDER / f"{lock}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines.pop(0) == "--only-binary :all:"
    return lines


def pins(lock: str) -> dict[str, Requirement]:
    parsed = [Requirement(entry.split(" --hash=")[0]) for entry in entries(lock)]
    return {re.sub(r"[-_.]+", "-", pin.name).lower(): pin for pin in parsed}


def version(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return specifier.version


def asked(layer: str) -> list[Requirement]:
    lines = (FOLDER / f"{layer}.in").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_an_exact_version_with_hashes(lock):
    found = entries(lock)
    assert found
    for entry in found:
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+", entry), entry


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_no_file_names_an_address(file):
    text = file.read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("layer", LOCKS)
def test_the_lock_is_in_step_with_what_is_asked_for(layer):
    locked = pins(layer)
    for wish in asked(layer):
        assert wish.specifier.contains(version(locked[wish.name.lower()])), wish


def test_the_locks_agree_with_each_other():
    together: dict[str, str] = {}
    for lock in LOCKS:
        for name, pin in pins(lock).items():
            assert together.setdefault(name, version(pin)) == version(pin), name


def test_qt_is_the_measured_release():
    assert version(pins("run")["pyside6"]) == "6.11.3"
    (wish,) = [wish for wish in asked("run") if wish.name == "PySide6"]
    assert not wish.specifier.contains("6.12.0")
    (old,) = [line for line in (FOLDER / "kylin.txt").read_text("utf-8").splitlines() if line.startswith("PySide6")]
    assert wish.specifier.contains(version(Requirement(old)))


@pytest.mark.skipif("kylin" in bootstrap.sources("run")[0], reason="this system takes the unlocked older Qt")
@pytest.mark.parametrize("lock", ["run", "test"])
def test_what_is_installed_is_what_is_locked(lock):
    for name, pin in pins(lock).items():
        if pin.marker is None or pin.marker.evaluate():
            assert importlib.metadata.version(name) == version(pin), name


def test_the_project_carries_one_version():
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == oa_client.__version__
