"""A stock of documents to measure on: real registrations, then copies of their rows in bulk."""

import random
from functools import cache

from sqlalchemy import insert

from oa_client.store import search, unit
from oa_client.store.tables import Document, Reader
from oa_client.usecases.papers import newest_flow
from tests.small_bureau import Bureau

WORDS = ("政务公开", "治安防控", "交通安全", "信访工作", "应急处置", "会议通知", "经费预算", "装备采购", "干部任免", "专项行动", "情况报告", "工作要点", "督察考核")


@cache
def stocked(url: str, documents: int) -> Bureau:
    """The small bureau with this many incoming documents of some 600 characters, all in the index."""
    bureau = Bureau.make(url)
    chance = random.Random(7)
    with unit.unit(bureau.engine) as session:
        flow = newest_flow(session, "receive", bureau.units["root"]).id
        rows = [_row(bureau, flow, number, chance) for number in range(documents)]
        ids = list(session.scalars(insert(Document).returning(Document.id), rows))
        session.execute(insert(Reader), [{"document_id": key, "principal": f"clerk:{bureau.units['root']}"} for key in ids])
        for key, row in zip(ids, rows, strict=True):
            search.index(session, key, [row["title"], row["number"]], [row["body"]])
    return bureau


def _row(bureau: Bureau, flow: int, number: int, chance: random.Random) -> dict[str, object]:
    common = "".join(map(chr, range(0x4E00, 0x4E00 + 2500)))
    body = "".join(chance.choice(WORDS) if chance.random() < 0.1 else chance.choice(common) for _ in range(450))
    return {"kind": "receive", "flow_id": flow, "organ_id": bureau.units["root"], "drafter_id": bureau.desk("110001").actor.id if number == 0 else 2,
            "title": f"关于{chance.choice(WORDS)}有关事项的通知（{number}）", "number": f"江公〔2025〕{number + 1}号", "from_organ": "江北省公安厅", "body": body,
            "created_at": bureau.at, "details": {}, "memo": {}, "state": "filed" if number % 3 else "closed", "main_to": "", "copy_to": "", "openness": "",
            "openness_reason": "", "doc_type": "通知", "urgency": "平件", "nature": "handle", "copies": 1, "step": "file", "where": "", "version": 1}
