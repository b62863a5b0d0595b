"""Taking layers away: which attacks then get through, so that no attack of the list is idle and no layer stands for nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.attack.attack import ALLOWED, Attack
from tests.attack.layers import PERSONAL, Connection, Layer, layers
from tests.attack.stage import Stage

DECLARED = frozenset({"role superuser", "role owner", "role end"})  # they open everything, and count only where an attack names them
Report = Callable[[str], None]


@dataclass
class Survey:
    """What was found: layer → attacks that got through without it, the attacks that never did, and what was declared needlessly."""

    opened: dict[str, list[Attack]] = field(default_factory=dict)
    idle: list[Attack] = field(default_factory=list)
    overdone: list[tuple[Attack, str]] = field(default_factory=list)

    def note(self, layer: str, attack: Attack) -> None:
        """An attack that got through without a layer (or several, joined by +)."""
        self.opened.setdefault(layer, []).append(attack)


def survey(stage: Stage, attacks: Iterable[Attack], report: Report = lambda _line: None) -> Survey:
    """Take every layer away by itself, then the declared ones together; everything is put back."""
    found = Survey()
    refused = [attack for attack in attacks if attack.answer != ALLOWED and attack.since <= stage.version]
    with stage.administrator() as connection:
        connection.execute("SET check_function_bodies = off")
        known = layers(connection)
        plain = [attack for attack in refused if not attack.behind and not callable(attack.sql)]
        for name, layer in known.items():
            if name not in DECLARED:
                for attack in _singly(stage, connection, layer, plain):
                    found.note(name, attack)
                report(f"{name}: {len(found.opened.get(name, ()))}")
        for attack in refused:
            if attack.behind:
                _declared(stage, connection, known, attack, found)
    through = {id(attack) for attacks in found.opened.values() for attack in attacks}
    found.idle = [attack for attack in refused if id(attack) not in through]
    return found


def _singly(stage: Stage, connection: Connection, layer: Layer, attacks: list[Attack]) -> Iterator[Attack]:
    if layer.name not in PERSONAL:
        with without(stage, connection, [layer], ""):
            yield from [attack for attack in attacks if stage.run(attack).through]
        return
    for login in sorted({attack.by for attack in attacks}):
        with without(stage, connection, [layer], login):
            yield from [attack for attack in attacks if attack.by == login and stage.run(attack).through]


def _declared(stage: Stage, connection: Connection, known: dict[str, Layer], attack: Attack, found: Survey) -> None:
    """Without all that is declared it must get through, and with any one of them it must not."""
    wanted = [known[name] for name in attack.behind]
    if gets_through(stage, connection, attack, wanted):
        found.note(" + ".join(attack.behind), attack)
    for kept in wanted if len(wanted) > 1 else ():
        if gets_through(stage, connection, attack, [layer for layer in wanted if layer is not kept]):
            found.overdone.append((attack, kept.name))


def gets_through(stage: Stage, connection: Connection, attack: Attack, gone: list[Layer]) -> bool:
    """Whether an attack gets through without some layers."""
    with without(stage, connection, gone, attack.by):
        return stage.run(attack).through


@contextmanager
def without(stage: Stage, connection: Connection, gone: list[Layer], login: str) -> Iterator[None]:
    """The stage without some layers."""
    if any(layer.name in PERSONAL for layer in gone):
        stage.close()
    with ExitStack() as restored:
        for layer in gone:
            layer.away(connection, login)
            restored.callback(layer.back, connection, login)
        yield
        stage.settle()


def as_data(found: Survey) -> dict[str, object]:
    """The survey as plain data."""
    return {"through": {layer: [attack.full_name for attack in opened] for layer, opened in found.opened.items()},
            "idle": [attack.full_name for attack in found.idle],
            "overdone": [f"{attack.full_name}: {layer} is not in the way" for attack, layer in found.overdone]}
