"""Acting: files added, swapped, damaged, or taken by knowing no more than their digest."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.deeds import attach, bytes_kept

_DIGEST = "encode(sha256('x'::bytea), 'hex')"


def _keep(digest: str, total: str, seq: int, data: str, last: bool = False) -> str:
    return f"SELECT oa.keep_bytes({digest}, {total}, {seq}, {data}, {str(last).lower()})"


ATTACKS = (
    Attack("a file for a paper in other hands", "120003", bytes_kept(document="<review>")),
    Attack("a file for a foreign paper", "120003", bytes_kept(document="<foreign>"),
        behind=("rule attachment_insert", "check attachment.made")),
    Attack("a file for a filed paper", "110004", bytes_kept(document="<filed>")),
    Attack("an original for a registered paper", "110001", bytes_kept(role="original", document="<check>")),
    *(Attack(f"a file {name}", "120003", bytes_kept().replace(*instead)) for name, instead in (
        ("whose name turns round", ("'附件.txt'", "U&'\\202etxt.exe'")), ("with a path for a name", ("'附件.txt'", "'../../x'")),
        ("without a name", ("'附件.txt'", "''")), ("of so many pages that nobody can file it", ("1, 1, ''", "1, 2147483647, ''")))),
    Attack("an issued text for a draft", "120003", bytes_kept(role="issued")),
    Attack("another issued text", "110001", bytes_kept(role="issued", document="<sent>")),
    Attack("a file in another's name", "120003",
        (attach("<draft>").replace("<me>", "<p.100101>"),
            "SELECT id FROM attachment WHERE document_id = <draft> AND added_by = <p.100101>"),
        EMPTY, ("trigger attachment.guard_insert", "check attachment.made")),
    Attack("a file that one does not have, by its digest", "120003", attach("<draft>", digest="<hidden.sha>")),
    Attack("… with an empty piece as proof", "120003",
        (_keep("'<hidden.sha>'", "1048577", 2, "''", True), attach("<draft>", digest="<hidden.sha>")),
        behind=("rule keep_bytes", "rule attachment_insert")),
    Attack("… with its last byte as proof", "120003",
        (_keep("'<hidden.sha>'", "1048577", 1, "'y'", True), attach("<draft>", digest="<hidden.sha>"))),
    Attack("… with its last byte twice as proof", "120003",
        (_keep("'<hidden.sha>'", "1048577", 1, "'y'", True), _keep("'<hidden.sha>'", "1048577", 1, "'y'", True),
            attach("<draft>", digest="<hidden.sha>"))),
    Attack("… with a guess as proof", "120003",
        (_keep("'<hidden.sha>'", "1048577", 1, "'z'", True), attach("<draft>", digest="<hidden.sha>")), ("22023",),
        ("rule keep_bytes", "rule attachment_insert")),
    Attack("a piece behind the end of another's file", "120003", _keep("'<hidden.sha>'", "1048577", 2, "'z'")),
    Attack("a piece behind the end, with another size", "120003", _keep("'<hidden.sha>'", "2097153", 2, "'z'"), ("22023",)),
    Attack("another piece in place of one", "120003", _keep("'<hidden.sha>'", "1048577", 1, "'z'"), ("22023",),
        ("rule keep_bytes",)),
    Attack("a false digest", "120003", _keep(f"'{'0' * 64}'", "1", 0, "'x'", True), ("22023",),
        ("rule keep_bytes", "rule judge_blob")),
    Attack("a false digest, not said to be complete", "120003", _keep(f"'{'0' * 64}'", "1", 0, "'x'"), ("22023",)),
    Attack("a false size", "120003", _keep(_DIGEST, "9", 0, "'x'"), behind=("rule keep_bytes", "rule judge_blob")),
    Attack("half a file", "120003", _keep(f"'{'0' * 64}'", "1048577", 1, "'x'"), ("22023",)),
    Attack("a file in small pieces, so that others cannot keep it", "120003",
        (_keep("encode(sha256('xy'::bytea), 'hex')", "2", 0, "'x'"),
            _keep("encode(sha256('xy'::bytea), 'hex')", "2", 1, "'y'", True))),
    Attack("an empty file", "120003", _keep("encode(sha256(''::bytea), 'hex')", "0", 0, "''", True), behind=("rule keep_bytes",)),
    Attack("a file larger than allowed", "120003",
        _keep(f"'{'0' * 64}'", "300000000", 0, "convert_to(repeat('x', 1048576), 'UTF8')"),
        behind=("rule keep_bytes", "rule judge_blob")),
    Attack("swap the bytes of a file", "120003", "UPDATE attachment SET sha256 = '<filed.sha>' WHERE id = <draft.file>",
        behind=("columns attachment", "rows attachment")),
    Attack("rename a file", "120003", "UPDATE attachment SET name = '改' WHERE id = <draft.file>",
        behind=("columns attachment", "rows attachment")),
    Attack("delete a file of a filed paper", "110004", "DELETE FROM attachment WHERE id = <filed.file>",
        behind=("columns attachment", "rows attachment")),
    Attack("take files away in other hands", "120003", "SELECT oa.drop_attachments(<review>, '{}')"),
    Attack("take files of a filed paper away", "110004", "SELECT oa.drop_attachments(<filed>, '{}')"),
    Attack("write bytes", "120003", "INSERT INTO blob_chunk (sha256, seq, data) VALUES ('<hidden.sha>', 7, 'x')"),
    Attack("change bytes", "120003", "UPDATE blob_chunk SET data = 'x' WHERE sha256 = '<hidden.sha>'"),
    Attack("delete bytes", "120003", "DELETE FROM blob_chunk WHERE sha256 = '<hidden.sha>'"),
    Attack("read bytes on a snapshot from before", "120003",
        ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT data FROM oa.file_bytes(<draft.file>)")),
)
