"""This PC's settings and the place of the product's data files."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from platformdirs import PlatformDirs

_ENVIRONMENT = ("OA_DATABASE_URL", "OA_DATABASE")
_RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def resource(path: str) -> Path:
    """The absolute path of a data file below `resources/`."""
    return _RESOURCES / path


def home() -> Path:
    """The folder of this PC's settings, drafts and embedded database; `OA_HOME` overrides it."""
    chosen = os.environ.get("OA_HOME")
    folder = Path(chosen) if chosen else Path(PlatformDirs("wenshu", appauthor=False).user_data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def environment_database() -> str:
    """The database's address that the environment gives, before any setting of this PC; empty when there is none."""
    return next(filter(None, (os.environ.get(name, "") for name in _ENVIRONMENT)), "")


@dataclass
class Settings:
    """What this workstation remembers. Passwords are never among it."""

    database_url: str = ""
    text_size: str = "normal"
    theme: str = "light"
    last_login: str = ""
    columns: dict[str, Sequence[object]] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    recent_people: list[str] = field(default_factory=list)
    navigation_collapsed: bool = False
    window_sizes: dict[str, list[int]] = field(default_factory=dict)
    open_next: bool = False

    @classmethod
    def load(cls) -> "Settings":
        """Read the settings; a damaged or missing file gives the defaults and is kept aside."""
        file = home() / "settings.json"
        try:
            stored = json.loads(file.read_text("utf-8"))
            known = {item.name for item in fields(cls)}
            return cls(**{key: value for key, value in stored.items() if key in known})
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError, AttributeError):
            file.replace(file.with_suffix(".damaged.json"))
            return cls()

    def save(self) -> None:
        """Write the settings in one step: a crash leaves the old file or the new one."""
        file = home() / "settings.json"
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(file)
