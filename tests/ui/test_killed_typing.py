"""kill -9 while somebody types into a real client: the words are offered again when the window is next opened."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oa_client.app import doors
from oa_client.scratch import Scratch
from oa_client.settings import Settings
from oa_client.ui.office import Office

ROOT = Path(__file__).parent.parent.parent
WORDS = "拟请刑侦支队牵头办理并于本月底前报送情况"
LEAST = 1.1


@pytest.mark.kill
@pytest.mark.parametrize("place", ["opinion", "intake", "draft"])
def test_typed_words_are_offered_again(small, jobs, qtbot, tmp_path, place):
    login = "110003" if place != "intake" else "110001"
    number = {"opinion": small.register, "intake": lambda: 0, "draft": small.draft}[place]()
    if place == "opinion":
        small.act("110001", number, "to_propose")
    command = [sys.executable, "-m", "tests.ui.typist", small.url, login, place, str(number), WORDS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ.copy()) as typist:
        typed = "".join(line.strip() for _, line in zip(range(8), typist.stdout, strict=False))
        time.sleep(LEAST + random.Random(place).uniform(0, 0.4))
        typist.send_signal(signal.SIGKILL)
    office = Office(small.desk(login), jobs, Settings.load(), Scratch(f"{small.url}|{login}"), doors(), url=small.url)
    jobs.wait_idle()
    window = {"opinion": lambda: office.open_document(number), "intake": office.register_paper, "draft": lambda: office.draft_paper(number)}[place]()
    qtbot.waitUntil(lambda: typed in _words(window, place), timeout=8000)
    jobs.wait_idle()
    office.close_windows()
    office.scratch.close()


def _words(window, place):
    """What the window shows, once the officer has said that the draft shall be restored."""
    if place == "opinion":
        return window.bar.work.left.box.text() if window.bar.work.task is not None else ""
    if place == "intake":
        return window.fields.values()["title"] or ""
    if not window.face.restore.isHidden():
        window.face.restore.restored.emit()
    return window.face.paper.body.toPlainText()
