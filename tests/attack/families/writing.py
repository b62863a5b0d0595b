"""Acting: documents made or changed against the rules, and who receives them."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.deeds import close, document, draft, opened, press, registered, say

NEW = "currval('document_id_seq')"


def _change(paper: str, what: str, version: bool = True) -> str:
    return f"UPDATE document SET {what}{', version = version + 1' if version else ''} WHERE id = <{paper}>"


def _receiver(paper: str, unit: str = "<u.office>", name: str = "办公室") -> str:
    return f"INSERT INTO addressee (document_id, unit_id, name, main, position) VALUES (<{paper}>, {unit}, '{name}', true, 9)"


_MADE = (
    ("in another's name", "120003", document(drafter_id="<p.100101>"),
        ("rule document_insert", "check document.made", "rule judge")),
    ("in another unit's name", "120003", draft(organ_id="<u.traffic>"), ()),
    ("as a system administrator", "100901", draft(), ()),
    ("with a number", "120003", draft(number="'云公发〔2026〕99号'"), ()),
    ("with a signature", "120003", draft(details="'{\"signer\": \"江承岳\"}'"), ()),
    ("with a date", "120003", draft(doc_date="oa.today()"), ()),
    ("with chosen signers", "120003", draft(memo="'{\"signer\": [\"person:<p.100102>\"]}'"), ()),
    ("as if issued from another paper", "120003", draft(source_id="<hidden>"), ()),
    ("with many versions behind it", "120003", draft(version="7"), ()),
    ("with versions still to come", "120003", draft(version="-7"), ()),
    ("of a kind that only looks like 请示", "120003", draft(doc_type="'请示 '"), ()),
    ("of an urgency that there is not", "120003", draft(urgency="'火急'"), ()),
    ("that has ended", "120003", document(state="'closed'") + f";\nSELECT oa.index_document({NEW}, 'x', 'x', ARRAY[1])", ()),
    ("without a title", "120003", draft(title="' '"), ()),
    ("with a title that turns round", "120003", draft(title="U&'\\202e通知'"), ()),
    ("with a title of 400 characters", "120003", draft(title="repeat('长', 400)"), ()),
    ("with details that are no object", "120003", document(details="'[]'"), ("rule document_insert", "rule judge")),
    ("with readers of one's choice", "120003", draft(readers="ARRAY[1]"), ()),
    ("with words for where it is", "120003",
        draft(where_now="'已签发'") + f";\nSELECT id FROM document WHERE id = {NEW} AND where_now = '已签发'", ()),
)
_REGISTERED = (
    ("without being a clerk", "120003", registered()),
    ("for another organ", "120002", registered()),
    ("received tomorrow", "110001", registered(received_on="oa.today() + 1")),
    ("of tomorrow", "110001", registered(doc_date="oa.today() + 1")),
    ("with a signature", "110001", registered(details="'{\"signer\": \"x\"}'")),
)
_CHANGED = (
    ("the title after 送审核", "120003", _change("review", "title = '改'"), ()),
    ("the text after 送审核", "120003", _change("review", "body = '改'"), ()),
    ("the text after the signature", "110003", _change("number", "body = '改'"), ()),
    ("the kind at 复核", "110003", _change("verify", "doc_type = '决定'"), ()),
    ("the openness at 复核", "110003", _change("verify", "openness = '不予公开'"), ()),
    ("the urgency at 复核", "110003", _change("verify", "urgency = '特急'"), ()),
    ("a received copy", "120002", _change("copy", "title = '改'"), ()),
    ("a filed paper", "110004", _change("filed", "title = '改'"), ()),
    ("the text while signing it", "100101",
        (press("sign", "sign"), say("sign"), close("sign"), opened("sign", "verify", "reviewer:<u.root>"),
            _change("sign", "body = '改'"),
            "UPDATE document SET doc_date = oa.today(), details = (details::jsonb || '{\"signer\": \"x\"}')::json WHERE id = <sign>"),
        ()),
    ("the kind to one that there is not", "120003", _change("draft", "doc_type = '请 示'"), ()),
    ("the drafter", "110003", _change("review", "drafter_id = <me>", False), ()),
    ("the date by hand", "110003", _change("review", "doc_date = oa.today()", False), ()),
    ("the day of receipt", "120003", _change("review", "received_on = oa.today()", False), ()),
    ("who signed", "110003", _change("review", "details = (details::jsonb || '{\"signer\": \"江承岳\"}')::json", False), ()),
    ("which version was signed", "110003", _change("reworded", "details = (details::jsonb - 'signed_version')::json", False), ()),
    ("the signer to be", "120003", _change("draft", "memo = '{\"signer\": [\"person:<p.100102>\"]}'", False), ()),
    ("what was chosen, away", "110003", _change("divided", "memo = '{}'", False), ()),
    ("a time limit", "120003", _change("handle_one", "due_on = oa.today() + 900", False), ()),
    ("a time limit in the past", "110003",
        (press("propose", "to_handle"), say("propose"), _change("propose", "due_on = oa.today() - 1", False), close("propose"),
            _change("propose", "memo = '{\"lead\": [\"clerk:<u.criminal>\"]}'", False),
            opened("propose", "handle", "lead=clerk:<u.criminal>")),
        ()),
    ("the state", "110003", _change("review", "state = 'void'", False), ("rule document_update", "rule judge")),
    ("the step", "110003", _change("review", "step = 'number'", False), ("rule document_update", "rule judge")),
    ("the day of its end", "120003", _change("review", "ended_at = now()", False), ()),
    *((f"the {column} column", "110003", _change("review", f"{column} = {value}", False),
        ("columns document", "rule document_update"))
        for column, value in (("number", "'云公发〔2026〕99号'"), ("readers", "readers || 1"), ("guests", "'{1}'"),
            ("organ_id", "<u.criminal>"), ("created_at", "'2020-01-01'"), ("copies", "99"), ("flow_id", "<flow.receive>"),
            ("where_now", "'已签发'"))),
)
ATTACKS = (
    *(Attack(f"a draft {name}", by, sql, behind=behind) for name, by, sql, behind in _MADE[:-1]),
    Attack(f"a draft {_MADE[-1][0]}", "120003", _MADE[-1][2], EMPTY, ("trigger document.guard_insert",)),
    *(Attack(f"a registration {name}", by, sql) for name, by, sql in _REGISTERED),
    *(Attack(f"change {name}", by, sql, behind=behind) for name, by, sql, behind in _CHANGED),
    Attack("change a colleague's draft", "120002", _change("draft", "title = '改'"), EMPTY,
        ("rows document", "rule document_update")),
    Attack("change a foreign draft", "120003", _change("foreign", "title = '改'"), EMPTY, ("rows document", "rule document_update")),
    Attack("overwrite a newer text", "120003", _change("draft", "title = '改'", False), ("40001",)),
    Attack("fill a paper with blanks", "120003",
        ("UPDATE document SET memo = ('{' || repeat(' ', 100000) || '}')::json WHERE id = <review>",
            "SELECT id FROM document WHERE id = <review> AND length(memo::text) > 1000"),
        EMPTY),
    Attack("delete a paper", "120003", "DELETE FROM document WHERE id = <draft>",
        behind=("columns document", "rows document", "keys document")),
    Attack("add a receiver after 送审核", "120003", _receiver("review"), behind=("rule addressee_insert", "rule receivers_fit")),
    Attack("take the receivers away after 送审核", "120003", "SELECT oa.clear_addressees(<review>)",
        behind=("rule clear_addressees", "rule receivers_fit")),
    Attack("receivers other than the sheet says", "120003", _receiver("draft")),
    Attack("receivers of a foreign draft", "120003", _receiver("foreign"),
        behind=("rule addressee_insert", "check addressee.made", "rule receivers_fit")),
    Attack("a receiver twice", "120003",
        (_change("draft", "main_to = main_to || '、刑侦支队'"), _receiver("draft", "<u.criminal>", "刑侦支队"))),
    Attack("the organ itself as a receiver", "120003",
        (_change("draft", "main_to = main_to || '、市局'"), _receiver("draft", "<u.root>", "市局"))),
    Attack("a unit that is called the government on the sheet", "120003",
        (_change("draft", "main_to = main_to || '、云岚市人民政府'"), _receiver("draft", "<u.office>", "云岚市人民政府"))),
    Attack("rename a receiver", "110003", "UPDATE addressee SET name = '改' WHERE id = <review.addressee>",
        behind=("columns addressee", "rule addressee_update")),
    Attack("note a receipt for another unit", "110001", "UPDATE addressee SET received_at = now() WHERE id = <sent.addressee>",
        behind=("columns addressee", "rule addressee_update")),
    Attack("words for the search of a foreign paper", "120003", "SELECT oa.index_document(<hidden>, 'x', 'x', '{}')"),
    Attack("words for the search of a paper in other hands", "120003", "SELECT oa.index_document(<review>, 'x', 'x', '{}')"),
    Attack("a paper that cannot be found", "120003", draft().rpartition(";\n")[0]),
)
