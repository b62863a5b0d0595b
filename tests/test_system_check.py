"""The system libraries that Qt needs, the packages that bring them, and whether a screen is there."""

import contextlib
import importlib.util
import re
import socket
import sys
from pathlib import Path

import pytest

from oa_client import system_check
from oa_client.system_check import (
    PLATFORM_LIBRARIES,
    QT_LIBRARIES,
    explain,
    has_display,
    missing_libraries,
    packages,
    platform_name,
)

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are looked for on Linux")

QT_MODULES = ["Core", "Gui", "Widgets", "DBus", "Network", "PrintSupport", "Svg", "Pdf", "PdfWidgets"]
# With the C library and Python itself.
ALWAYS_THERE = {f"lib{name}" for name in ("c.so.6", "m.so.6", "gcc_s.so.1", "resolv.so.2", "z.so.1")}
ALWAYS_THERE |= {"libdl.so.2", "libpthread.so.0", "librt.so.1"}
# By packages of the tables and what they depend on.
BROUGHT_ALONG = {"libgthread-2.0.so.0", "libgmodule-2.0.so.0", "libgobject-2.0.so.0"}
BROUGHT_ALONG |= {"libbrotlicommon.so.1", "libxcb-util.so.1", "libatomic.so.1"}


def nothing_loads(_library: str) -> bool:
    return False


def everything_loads(_library: str) -> bool:
    return True


@linux_only
@pytest.mark.parametrize("platform", ["offscreen", "xcb", "wayland"])
def test_what_is_needed_depends_on_the_platform(platform):
    assert missing_libraries(platform, nothing_loads) == [*QT_LIBRARIES, *PLATFORM_LIBRARIES[platform]]
    assert missing_libraries(platform, everything_loads) == []


@linux_only
def test_only_what_does_not_load_is_missing():
    missing = missing_libraries("xcb", lambda library: library not in {"libEGL.so.1", "libxcb-cursor.so.0"})
    assert missing == ["libEGL.so.1", "libxcb-cursor.so.0"]


@linux_only
def test_loading_is_really_tried(monkeypatch):
    monkeypatch.setattr(system_check, "QT_LIBRARIES", {"libc.so.6": "libc6", "libof-no-machine.so.9": "nothing"})
    assert missing_libraries("offscreen") == ["libof-no-machine.so.9"]


def test_nothing_is_missing_outside_linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert missing_libraries("windows", nothing_loads) == []


@pytest.mark.parametrize(
    ("system", "version", "glib"),
    [
        ("debian", "10", "libglib2.0-0"),
        ("debian", "12", "libglib2.0-0"),
        ("debian", "13", "libglib2.0-0t64"),
        ("debian", None, "libglib2.0-0t64"),
        ("ubuntu", "22.04", "libglib2.0-0"),
        ("ubuntu", "24.04", "libglib2.0-0t64"),
        ("ubuntu", "26.04", "libglib2.0-0t64"),
        ("kylin", "V10", "libglib2.0-0"),
        ("uos", "20", "libglib2.0-0"),
        ("debian", "bookworm/sid", "libglib2.0-0"),
        (None, None, "libglib2.0-0"),
    ],
)
def test_package_names_follow_the_distribution(system, version, glib):
    fields = {"ID": system, "VERSION_ID": version}
    release = {key: value for key, value in fields.items() if value is not None}
    assert packages(["libEGL.so.1", "libglib-2.0.so.0"], release) == ["libegl1", glib]


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ],
)
def test_the_sentence_carries_the_exact_command(library, package):
    sentence = explain([library, "libX11.so.6"], {"ID": "debian", "VERSION_ID": "12"})
    assert library in sentence
    assert sentence.splitlines()[-1] == f"sudo apt-get install -y {package} libx11-6"


def test_nothing_missing_needs_no_sentence():
    assert explain([]) == ""


def names_inside(*files: Path) -> set[str]:
    """The names of shared libraries that these ELF files carry, without Qt's own."""
    found = {
        name.decode() for file in files for name in re.findall(rb"\0(lib[\w.+-]+\.so[.\d]*)(?=\0)", file.read_bytes())
    }
    return {name for name in found if not name.startswith(("libQt6", "libicu", "libq"))}


@linux_only
def test_the_tables_hold_what_the_installed_qt_asks_for():
    qt = Path(importlib.util.find_spec("PySide6").origin).parent / "Qt"
    modules = names_inside(*(qt / "lib" / f"libQt6{module}.so.6" for module in QT_MODULES))
    assert modules - ALWAYS_THERE - BROUGHT_ALONG <= set(QT_LIBRARIES)
    assert set(QT_LIBRARIES) - {"libbrotlidec.so.1"} <= modules  # Qt 6.8 does without brotli

    screen = names_inside(qt / "lib" / "libQt6XcbQpa.so.6", qt / "plugins" / "platforms" / "libqxcb.so")
    assert screen - ALWAYS_THERE - BROUGHT_ALONG <= set(QT_LIBRARIES) | set(PLATFORM_LIBRARIES["xcb"])
    assert set(PLATFORM_LIBRARIES["xcb"]) <= screen


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "xcb"),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "wayland"),
        ({"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, "xcb"),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "wayland-egl;xcb"}, "wayland"),
        ({"QT_QPA_PLATFORM": "vnc:size=1366x768"}, "vnc"),
    ],
)
def test_the_platform_is_the_one_qt_would_choose(environ, name):
    assert platform_name(environ) == name


@contextlib.contextmanager
def listening(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.bind(address)
        server.listen()
        yield server


@linux_only
@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":x"},
        {"DISPLAY": ":64999"},
        {"DISPLAY": "127.0.0.1:59000"},
        {"WAYLAND_DISPLAY": "no-such-socket", "XDG_RUNTIME_DIR": "/nonexistent"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"},
    ],
)
def test_no_screen_where_nothing_answers(environ):
    assert has_display(environ) is False


@linux_only
def test_an_x_server_is_found_by_its_socket():
    with listening(socket.AF_UNIX, "\0/tmp/.X11-unix/X64998"):
        assert has_display({"DISPLAY": ":64998"})
        assert has_display({"DISPLAY": "unix:64998.0"})
        assert not has_display({"DISPLAY": ":64998", "QT_QPA_PLATFORM": "minimal"})


@linux_only
def test_a_forwarded_x_server_is_found_over_tcp():
    with listening(socket.AF_INET, ("127.0.0.1", 0)) as server:
        assert has_display({"DISPLAY": f"127.0.0.1:{server.getsockname()[1] - 6000}.0"})


@linux_only
def test_a_wayland_server_is_found_by_its_socket(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    with listening(socket.AF_UNIX, "wayland-7"):
        assert has_display({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": "."})


def test_a_remote_screen_of_qt_itself_counts():
    assert has_display({"QT_QPA_PLATFORM": "vnc:size=1366x768"})


def test_windows_always_has_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert has_display({})
