"""A bureau in which something has happened: papers through both flows, sign-ins, an account, files read."""

import tempfile
from contextlib import suppress
from pathlib import Path

from oa_client.domain.errors import Refused
from oa_client.usecases import account_deeds, acting, exporting, stepping, viewing
from tests.small_bureau import Bureau

RECEIVING = ("110001", "110003", "100101", "110001", "110001", "110004")
SENDING = ("110003", "110003", "100101", "110003", "110001", "110001", "110004")


def walk(bureau: Bureau, document_id: int, logins: tuple[str, ...]) -> int:
    """Each presses the usual next step."""
    for login in logins:
        desk = bureau.desk(login)
        view = viewing.show(desk, document_id)
        task, command = stepping.usual(desk, view)
        acting.act(desk, task.id, command, acting.Seen(task.version, view.version))
    return document_id


def busy(bureau: Bureau) -> tuple[int, int]:
    """Some sixty real acts; gives the first received and the first sent paper, both filed."""
    received = [walk(bureau, bureau.register(title=f"关于第{at}项工作的通知", number=f"江公通〔2026〕{at}号", urgency="特急"), RECEIVING) for at in (1, 2)]
    sent = [walk(bureau, bureau.draft(), SENDING) for _ in (1, 2)]
    walk(bureau, bureau.register(title="关于交通保障的通知", number="江公通〔2026〕3号"), RECEIVING[:3])
    walk(bureau, bureau.draft(), SENDING[:2])
    bureau.register(number="江公通〔2026〕4号")
    for login in ("110001", "110001", "110003", "120003"):
        bureau.sign_in(login)
    with suppress(Refused):
        bureau.sign_in("130003", "wrong")
    admin = bureau.desk("120009")
    made = account_deeds.create(admin, account_deeds.AccountForm("120077", "贺新凉", bureau.units["criminal"], "民警")).value
    account_deeds.set_active(admin, made.account_id, False, 1)
    with tempfile.TemporaryDirectory() as folder:
        for paper in (*received, *sent):
            exporting.export(bureau.desk("110004"), paper, Path(folder))
    return received[0], sent[0]
