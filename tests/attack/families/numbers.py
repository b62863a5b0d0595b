"""Numbers: 发文字号 and 档号 without the act, twice, of another's code; copies and filings by the wrong people."""

from tests.attack.attack import Attack
from tests.attack.deeds import bytes_kept, close, ended, opened, press, say

_NUMBERED = (press("number", "number"), close("number"))
_GOES_ON = opened("number", "distribute", "clerk:<u.root>")
_ISSUED = bytes_kept("issued", "issued", "<distribute>")
_TO_FILE = opened("distribute", "file", "archivist:<u.root>")


def _give(code: str = "'云公通'", copies: str = "1", paper: str = "number") -> str:
    return f"SELECT oa.give_number(<{paper}>, {code}, {copies})"


def _mark(which: str) -> str:
    return f"UPDATE addressee SET sent_at = now() WHERE {which}"


def _file(period: str = "D30", year: str = "extract(year FROM oa.today())::int", paper: str = "file") -> str:
    return f"SELECT oa.file_item(<{paper}>, '{period}', {year}, '')"


ATTACKS = (
    Attack("a number without the act", "110001", _give()),
    Attack("a number by another unit's clerk", "120002", _give()),
    Attack("a number by the signer", "100101", _give(paper="sign")),
    Attack("a number for an incoming paper", "110001", _give(paper="check")),
    Attack("a number of another organ's code", "110001", (*_NUMBERED, _give("'云公刑'"), _GOES_ON)),
    Attack("a number of no code", "110001", (*_NUMBERED, _give("''"), _GOES_ON)),
    Attack("a number twice", "110001", (*_NUMBERED, _give(), _give(), _GOES_ON)),
    Attack("another number for a numbered paper", "110001", _give(paper="distribute")),
    Attack("no copies", "110001", (*_NUMBERED, _give(copies="0"), _GOES_ON)),
    Attack("a million copies", "110001", (*_NUMBERED, _give(copies="1000000"), _GOES_ON)),
    Attack("the act without a number", "110001", (*_NUMBERED, _GOES_ON)),
    Attack("a number by hand in the act", "110001",
        (*_NUMBERED, "UPDATE document SET number = '云公通〔2026〕99号' WHERE id = <number>", _GOES_ON),
        behind=("columns document", "rule document_update")),
    Attack("the year and the order by hand", "110001",
        (*_NUMBERED, _give(), "UPDATE document SET details = (details::jsonb || '{\"seq\": 99}')::json WHERE id = <number>",
            _GOES_ON)),
    Attack("turn the counter", "110001", "UPDATE counter SET last = last + 10"),
    Attack("a counter of one's own", "110001", "INSERT INTO counter (scope, last) VALUES ('number/云公发/2026', 40)"),
    Attack("take the counter away", "110001", "DELETE FROM counter"),
    Attack("turn a sequence back", "110001", "SELECT setval('document_id_seq', 10000)"),
    Attack("a receiver marked as sent by the reviewer", "110003", _mark("document_id = <distribute>"),
        behind=("rule addressee_update",)),
    Attack("a receiver marked as sent before the number", "110001", _mark("document_id = <number>")),
    Attack("a receiver marked as sent without the act", "110001", _mark("document_id = <distribute>")),
    Attack("a receiver sent to twice", "110001", _mark("id = <sent.addressee>")),
    Attack("a receiver marked as not sent to", "110001", "UPDATE addressee SET sent_at = NULL WHERE id = <sent.addressee>"),
    Attack("distribution without the issued text", "110001",
        (press("distribute", "distribute"), close("distribute"), _mark("document_id = <distribute>"), _TO_FILE),
        behind=("rule addressee_update", "rule judge_task")),
    Attack("distribution to some of the receivers", "110001",
        (press("distribute", "distribute"), close("distribute"), _ISSUED, _mark("id = <distribute.addressee>"), _TO_FILE)),
    Attack("a copy without distribution", "110001", "SELECT oa.deliver(<number>, <u.traffic>)"),
    Attack("an archive reference without the act", "110004", _file()),
    Attack("an archive reference by a clerk", "110001", _file()),
    Attack("an archive reference by another unit's archivist", "120004", _file()),
    Attack("a period that is none", "110004", (press("file", "file"), close("file"), _file("D99"), ended("file", "filed"))),
    Attack("a filing year to come", "110004", (press("file", "file"), close("file"), _file(year="2199"), ended("file", "filed"))),
    Attack("a filing year of old", "110004", (press("file", "file"), close("file"), _file(year="1800"), ended("file", "filed"))),
    Attack("filed without a reference", "110004", (press("file", "file"), close("file"), ended("file", "filed"))),
    Attack("a reference for what is not filed", "110004",
        (press("file", "not_file"), say("file"), close("file"), _file(), ended("file", "closed")),
        behind=("rule file_item", "rule judge")),
    Attack("a reference by hand", "110004",
        "INSERT INTO archive_item (document_id, fonds, category, year, retention, unit_code, seq, reference, pages, note, "
        "filed_by, filed_at) "
        "VALUES (<file>, 'Z109', 'WS', 2026, 'Y', 'SJU', 77, 'x', 1, '', <me>, now())",
        behind=("columns archive_item", "rows archive_item")),
    Attack("another note for a filed paper", "110004", "UPDATE archive_item SET note = '改' WHERE document_id = <filed>",
        behind=("columns archive_item", "rows archive_item")),
    Attack("a reference taken away", "110004", "DELETE FROM archive_item WHERE document_id = <filed>",
        behind=("columns archive_item", "rows archive_item")),
)
