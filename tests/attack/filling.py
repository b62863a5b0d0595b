"""The papers on the stage, brought to their states through the program itself."""

from datetime import timedelta

from sqlalchemy import text

from oa_client.store import unit as transactions
from oa_client.usecases import account_deeds, accounts, acting, consents, delegating, intake, lists, sharing, viewing
from oa_client.usecases.papers import NewFile
from oa_client.usecases.writing import Target
from tests.small_bureau import VERIFIER, Bureau

SECRET = "关于某专项行动部署的请示"
ASKING = {
    "title": "云岚市公安局关于增加警务装备经费的请示", "doc_type": "请示", "targets": (Target("云岚市人民政府"),),
    "body": "市人民政府：\n因工作需要，拟增加装备经费。\n一、现状\n装备老化。\n妥否，请批示。\n联系人：办公室，电话 12345。"}
FILE = NewFile("附件.txt", "装备清单".encode(), "attachment", "txt", 1, "装备清单")
LONG = NewFile("图册.txt", b"x" * (1024 * 1024) + b"y", "original", "txt", 1, "")
DONE = {"explain": "已核实"}


def fill(bureau: Bureau) -> dict[str, int]:
    """Every paper by its name on the stage."""
    return {**_outgoing(bureau), **_sent(bureau), **_incoming(bureau)}


def _outgoing(bureau: Bureau) -> dict[str, int]:
    chief, deputy = (bureau.person("100101"),), (bureau.person("100102"),)
    made = {"draft": bureau.draft("120003", files=(FILE,)), "foreign": bureau.draft("130003", title=SECRET), "own": bureau.draft("110003")}
    made["seen"] = bureau.draft("120003", title="云岚市公安局关于已送审核的通知")
    made["review"] = bureau.draft("120003", title="云岚市公安局关于待审核的通知", files=(FILE,))
    made["asking"] = bureau.draft("120003", **ASKING)
    for paper in ("review", "asking"):
        bureau.act("120003", made[paper], "submit", fields=DONE)
    for paper in ("countersign", "divided", "alone", "sign", "sign_deputy", "sign_asking", "verify", "reworded", "resigned", "number"):
        made[paper] = bureau.draft("110003", **(ASKING if paper == "sign_asking" else {"title": f"云岚市公安局关于{paper}的通知"}))
        bureau.act("110003", made[paper], "submit", fields=DONE)
        if paper in ("countersign", "divided", "alone"):
            asked = (bureau.unit("criminal"),) if paper == "alone" else (bureau.person("130001"), bureau.unit("criminal"))
            bureau.act("110003", made[paper], "to_countersign", picks={"countersigners": asked, "signer": chief})
        else:
            bureau.act("110003", made[paper], "to_sign", picks={"signer": deputy if paper == "sign_deputy" else chief})
    bureau.act("130001", made["divided"], "disagree", "与职责不符。")
    for paper in ("verify", "reworded", "resigned", "number"):
        bureau.act("100101", made[paper], "sign")
    acting.mark_seen(bureau.desk("110003"), viewing.show(bureau.desk("110003"), made["asking"]).tasks[0].id)
    with transactions.unit(bureau.engine_of("110003")) as session:
        session.execute(text("UPDATE document SET body = body || '（补）', version = version + 1 WHERE id = :id"), {"id": made["reworded"]})
    bureau.act("110003", made["resigned"], "resign", "有实质性修改。")
    bureau.act("100101", made["resigned"], "to_leader", "请签。", picks={"signer": deputy})
    bureau.act("110003", made["number"], "pass")
    return made


def _sent(bureau: Bureau) -> dict[str, int]:
    made = {}
    for paper in ("distribute", "sent", "lent"):
        made[paper] = bureau.draft("110003", title=f"云岚市公安局关于{paper}的通知", files=(FILE,))
        bureau.act("110003", made[paper], "submit", fields=DONE)
        bureau.act("110003", made[paper], "to_sign", picks={"signer": (bureau.person("100101"),)})
        bureau.act("100101", made[paper], "sign")
        bureau.act("110003", made[paper], "pass")
        bureau.act("110001", made[paper], "number", fields={"code": "云公通", "copies": "10"})
    for paper in ("sent", "lent"):
        bureau.act("110001", made[paper], "distribute")
    copies = {row.id for row in lists.page(bureau.desk("130002"), "todo").rows}
    made["copy_signed"] = min(copies)
    bureau.act("130002", made["copy_signed"], "sign")
    made["copy"] = min(row.id for row in lists.page(bureau.desk("120002"), "todo").rows)
    bureau.act("110004", made["lent"], "file", fields={"retention": "D10", "year": str(bureau.now().year)})
    archivist = bureau.desk("110004")
    for borrower in ("130003", "120003", "110009"):
        sharing.share(archivist, made["lent"], (bureau.person(borrower),), archivist.today() + timedelta(days=9), "工作需要")
    return made


def _incoming(bureau: Bureau) -> dict[str, int]:
    criminal, traffic = bureau.unit("criminal"), bureau.unit("traffic")
    made = {}
    walks = ("check", "propose", "instruct", "handle", "assisted", "handle_one", "circulate", "finish", "file", "filed", "returned")
    for at, paper in enumerate(walks):
        files = (NewFile("原件.txt", paper.encode(), "original", "txt", 1, paper),)
        made[paper] = bureau.register(title=f"关于{paper}的通知", number=f"江公通〔2026〕{at + 1}号", files=files)
    bureau.act("110001", made["returned"], "reject", "非我单位职责。")
    readers = tuple(bureau.person(login) for login in ("110005", "100101", "130001"))
    bureau.act("110001", made["circulate"], "to_read", picks={"readers": readers})
    for paper in ("propose", "instruct", "handle", "assisted", "handle_one", "finish", "file", "filed"):
        bureau.act("110001", made[paper], "to_propose")
    bureau.act("110003", made["instruct"], "to_leader", "请批示。", picks={"leader": (bureau.person("100102"),), "lead": (criminal,)})
    bureau.act("110003", made["handle"], "to_handle", "请办。", picks={"lead": (criminal,), "assist": (traffic,)})
    bureau.act("110003", made["assisted"], "to_handle", "请办。", picks={"lead": (criminal,), "assist": (bureau.person("120002"), traffic)})
    for paper in ("handle_one", "finish", "file", "filed"):
        bureau.act("110003", made[paper], "to_handle", "请办。", picks={"lead": (bureau.person("120003"),)})
    for paper in ("finish", "file", "filed"):
        bureau.act("120003", made[paper], "finish", "已办。")
    for paper in ("file", "filed"):
        bureau.act("110001", made[paper], "close")
    bureau.act("110004", made["filed"], "file", fields={"retention": "D30", "year": str(bureau.now().year)})
    made["hidden"] = _hidden(bureau)
    return made


def _hidden(bureau: Bureau) -> int:
    """A paper of another unit with a file of two pieces."""
    form = intake.IntakeForm(title=SECRET, from_organ="江北省公安厅", number="江公密〔2026〕7号", organ_id=bureau.units["traffic"],
                             body="内部掌握。or1=1--", files=(LONG,))
    return intake.register(bureau.desk("130002"), form).value


def people(bureau: Bureau) -> None:
    """An account with its first password, one that is disabled, and requests that wait for a second person."""
    unit_admin, system = bureau.desk("120009"), bureau.desk("100901")
    for login in ("120077", "120066"):
        account_deeds.create(unit_admin, account_deeds.AccountForm(login, "新人", bureau.units["criminal"], "民警"))
    row = accounts.by_login(unit_admin, "120066")
    account_deeds.set_active(unit_admin, row.id, False, row.version)
    chief = accounts.by_login(unit_admin, "120001")
    consents.ask(unit_admin, "reset", chief.id, bureau.units["criminal"], "忘记密码")
    consents.ask(system, "appoint", bureau.desk("130003").actor.id, bureau.units["traffic"], "到任")
    with transactions.unit(bureau.engine_of("130002")) as session:
        session.execute(text("SELECT count(*) FROM oa.file_bytes((SELECT min(id) FROM attachment))"))
    clerk = bureau.desk("110002")
    delegating.delegate(clerk, bureau.desk("110001").actor.id, clerk.today(), clerk.today() + timedelta(days=9), "出差")
    with transactions.unit(bureau.engine) as session:
        for statement in _SETTLED:
            session.execute(text(statement), {"verifier": VERIFIER})


_SETTLED = (
    "UPDATE share SET ended_at = now() WHERE principal = 'person:' || (SELECT id FROM account WHERE login = '120003')",
    "UPDATE share SET ends_on = oa.today() - 1 WHERE principal = 'person:' || (SELECT id FROM account WHERE login = '110009')",
    "SELECT oa.login_password(l, :verifier) FROM unnest(ARRAY['120077', '120066']) l",
    "INSERT INTO password_history (account_id, hash, at) SELECT id, :verifier, now() FROM account WHERE login = '100101'",
    "INSERT INTO fact (key, value) VALUES ('demo', '{}')", "ANALYZE document",
)
