"""What the operating system must bring before Qt can be imported (系统库), and whether a screen is there.

Standard library only and free of Qt: a missing library has to be told before the import that would fail.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

# Read from the NEEDED entries of PySide6 6.8 and 6.11: QtGui, QtWidgets, QtPdfWidgets and what they load.
# Package names are those of Debian 10 to 13, Ubuntu, Kylin V10 and UOS 20.
QT_LIBRARIES = {
    "libstdc++.so.6": "libstdc++6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
}

# libxcb-util is left to libxcb-image's own dependency: its name and version differ between Debian 10 and 12.
PLATFORM_LIBRARIES = {
    "offscreen": {},
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
    },
}

# Renamed in the change to 64-bit time: Debian 13 and Ubuntu 24.04 onward.
T64_PACKAGES = {"libglib2.0-0": "libglib2.0-0t64"}
T64_SINCE = {"debian": 13.0, "ubuntu": 24.04}

_SCREENLESS = ("offscreen", "minimal")


def platform_name(environ: Mapping[str, str] = os.environ) -> str:
    """The Qt platform plugin that this environment leads to: what `QT_QPA_PLATFORM` says, else by the session."""
    asked = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if asked:
        return asked.removesuffix("-egl")
    wanted = environ.get("XDG_SESSION_TYPE") == "wayland" or not environ.get("DISPLAY")
    return "wayland" if wanted and environ.get("WAYLAND_DISPLAY") else "xcb"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library, mode=os.RTLD_LAZY)
    except OSError:
        return False
    return True


def missing_libraries(platform: str | None = None, loads: Callable[[str], bool] = _loads) -> list[str]:
    """The shared libraries that Qt would ask for in vain, in the table's order; none outside Linux.

    `platform` is a Qt platform plugin ("offscreen", "xcb", "wayland"); by default the one this environment leads to.
    """
    if not sys.platform.startswith("linux"):
        return []
    needed = QT_LIBRARIES | PLATFORM_LIBRARIES.get(platform or platform_name(), {})
    return [library for library in needed if not loads(library)]


def _os_release() -> dict[str, str]:
    try:
        lines = Path("/etc/os-release").read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {key: value.strip("\"'") for key, _, value in (line.partition("=") for line in lines)}


def _has_t64_names(release: Mapping[str, str]) -> bool:
    since = T64_SINCE.get(release.get("ID", ""))
    try:
        return since is not None and float(release.get("VERSION_ID", "")) >= since
    except ValueError:
        return since is not None and release.get("VERSION_ID") is None  # Debian testing carries no number


def packages(missing: Iterable[str], release: Mapping[str, str] | None = None) -> list[str]:
    """The Debian packages that bring the missing libraries, named as on the system that `release` describes.

    `release` holds the fields of /etc/os-release; by default this machine's. KeyError for a library not in the tables.
    """
    tables = [QT_LIBRARIES, *PLATFORM_LIBRARIES.values()]
    names = {library: package for table in tables for library, package in table.items()}
    renamed = T64_PACKAGES if _has_t64_names(_os_release() if release is None else release) else {}
    return [renamed.get(names[library], names[library]) for library in missing]


def explain(missing: list[str], release: Mapping[str, str] | None = None) -> str:
    """What is missing and the exact command that brings it, for the person in front of this PC; "" if nothing is."""
    if not missing:
        return ""
    command = "sudo apt-get install -y " + " ".join(packages(missing, release))
    return (
        f"这台电脑缺少图形界面需要的系统库（{'、'.join(missing)}），窗口无法打开，数据没有变动。"
        f"请在终端执行下面这一行，完成后重新打开本程序：\n{command}"
    )


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            probe.connect(address)
    except (OSError, ValueError):
        return False
    return True


def _x_server_answers(display: str) -> bool:
    """Whether the X server of `[host]:number[.screen]` takes a connection, by its socket or over TCP."""
    host, colon, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host and host != "unix":
        return any(_answers(family, (host, 6000 + int(number))) for family in (socket.AF_INET, socket.AF_INET6))
    path = f"/tmp/.X11-unix/X{number}"
    return any(_answers(socket.AF_UNIX, name) for name in (path, "\0" + path))


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a window would have a screen to appear on. Always so on Windows and macOS."""
    asked = environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if asked in _SCREENLESS:
        return False
    if not sys.platform.startswith("linux") or (asked and platform_name(environ) not in PLATFORM_LIBRARIES):
        return True
    wayland = environ.get("WAYLAND_DISPLAY")
    if wayland and _answers(socket.AF_UNIX, str(Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland))):
        return True
    return _x_server_answers(environ.get("DISPLAY", ""))
