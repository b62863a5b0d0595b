"""Cyclic garbage goes on the screen's thread, whichever thread made it."""

import gc
import threading

from oa_client.ui import garbage
from oa_client.ui.garbage import Collector


def test_cycles_of_a_job_end_on_the_screens_thread(styled, qtbot, monkeypatch):
    monkeypatch.setattr(garbage, "BEAT_MS", 5)
    ended = []

    class Knot:
        def __init__(self):
            self.own = self

        def __del__(self):
            ended.append(threading.current_thread())

    collector = Collector(styled)
    try:
        worker = threading.Thread(target=lambda: [Knot() for _ in range(garbage.YOUNG * 3)])
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: len(ended) > 0, timeout=2000)
        assert set(ended) == {threading.main_thread()}
    finally:
        collector.stop()
        collector.deleteLater()
    assert gc.isenabled()
