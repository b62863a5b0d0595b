"""Many processes that press at the same moment: each waits at the barrier, acts, and tells how it went."""

import multiprocessing
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any


@dataclass(frozen=True)
class Press:
    """One press: who, on which to-do, with which command, having seen which versions."""

    url: str
    login: str
    task_id: int
    action: str
    task_version: int
    document_version: int
    fields: tuple[tuple[str, str], ...] = ()


@contextmanager
def crowd(size: int):
    """Start `size` processes; gives a function that lets them press together and returns what each answered."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(size)
    pipes, workers = [], []
    for _ in range(size):
        here, there = context.Pipe()
        worker = context.Process(target=_work, args=(there, barrier), daemon=True)
        worker.start()
        pipes.append(here)
        workers.append(worker)

    def together(presses: list[list[Press]]) -> list[list[str]]:
        for pipe, own in zip(pipes, presses, strict=True):
            pipe.send(own)
        return [pipe.recv() for pipe in pipes]

    try:
        yield together
    finally:
        for pipe in pipes:
            pipe.send(None)
        for worker in workers:
            worker.join(20)


def _work(pipe: Connection, barrier: Any) -> None:
    from tests.usecases.pressing import press

    while (presses := pipe.recv()) is not None:
        answers = []
        for one in presses:
            press(None, one)
            barrier.wait(120)
            answers.append(press(barrier, one))
        pipe.send(answers)
