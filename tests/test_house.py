"""The house rules: imports point down, rooms stay small, one place commits, nothing of Qt below ui."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "oa_client"
FILES = sorted(PACKAGE.rglob("*.py"))
FLOORS = {
    "domain": {"domain"}, "store": {"store", "domain"}, "render": {"render", "domain", "settings"}, "usecases": {"usecases", "store", "render", "domain", "settings"},
    "ui": {"ui", "usecases", "domain", "settings", "scratch"}, "cli": {"cli", "usecases", "domain", "settings", "store"},
    "tour": {"tour", "app", "ui", "usecases", "domain", "settings", "system_check"}, "scratch": {"settings"}, "settings": set(), "system_check": set(), "app": {"app", "ui", "cli", "usecases", "domain", "settings", "scratch", "system_check"},
}
DRIVERS = {"sqlalchemy", "psycopg", "sqlite3", "alembic"}
QT_NAMES = {"data", "paint", "count", "run", "close", "event", "flags", "sort", "clear", "show", "pixmap", "clone"}
MAX_LINES, MAX_FUNCTION = 400, 60


def floor(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> set[str]:
    """Absolute names of everything a file imports, also within functions."""
    found: set[str] = set()
    package = ("oa_client", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            full = ".".join(filter(None, [base, node.module or ""]))
            found |= {f"{full}.{name.name}" for name in node.names} if full in ("oa_client", "oa_client.ui") else {full}
    return found


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_point_down(path):
    if path == PACKAGE / "__init__.py":
        return
    here = floor(path)
    for target in imports(path):
        if target.startswith("oa_client."):
            there = target.split(".")[1]
            assert there in FLOORS[here] or here == there or (here, target) in ALLOWED, f"{name(path)} imports {target}"


ALLOWED = {("cli", "oa_client.tour"), ("ui", "oa_client.__version__")}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_each_floor_keeps_to_its_tools(path):
    here, tools = floor(path), {target.split(".")[0] for target in imports(path)}
    if here in ("ui", "tour", "app", "domain", "render", "cli", "scratch", "settings"):
        assert not tools & DRIVERS, f"{name(path)} talks to the database"
    if here not in ("ui", "app", "tour"):
        assert "PySide6" not in tools, f"{name(path)} uses Qt"
    if here == "domain":
        import sys

        assert tools <= set(sys.stdlib_module_names) | {"oa_client"}, f"{name(path)} needs {tools}"


def test_one_place_commits():
    found = [name(path) for path in FILES if "commit(" in path.read_text("utf-8")]
    assert found == ["oa_client/store/unit.py"]


@pytest.mark.parametrize("path", [*FILES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))], ids=name)
def test_rooms_are_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", FILES, ids=name)
def test_functions_are_short_and_public_ones_are_described(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body, f"{name(path)} says nothing of its purpose"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < MAX_FUNCTION, f"{name(path)}: {node.name} is long"
            inner = any(isinstance(parent, ast.FunctionDef) and node in ast.walk(parent) and parent is not node for parent in ast.walk(tree))
            qt = floor(path) == "ui" and (node.name in QT_NAMES or any(char.isupper() for char in node.name))
            if not node.name.startswith("_") and not inner and not qt and not node.decorator_list:
                assert ast.get_docstring(node), f"{name(path)}: {node.name} has no docstring"


def test_there_are_no_catch_all_modules():
    assert not {path.stem for path in FILES} & {"utils", "common", "managers", "core", "helpers", "misc"}


def test_nothing_names_the_workplace():
    words = ("/work/", "/root/", "helper session", "pypi.org", "files.pythonhosted")
    listed = [path for folder in ("oa_client", "tests", "docs", "database", "bench", "requirements", "resources") for path in (ROOT / folder).rglob("*")]
    for path in listed:
        if path.suffix in (".py", ".md", ".toml", ".txt", ".json", ".in", ".typ", ".sql") and path != Path(__file__):
            text = path.read_text("utf-8")
            assert not any(word in text for word in words), name(path)
