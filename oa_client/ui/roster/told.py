"""What the import says in sentences: about the sheet, and what came of it."""

from oa_client.ui.roster.lines import named
from oa_client.usecases.rosters import Preview, RosterResult

ENDED = "改好表格后按「重新读取」可以接着导入；导入别的名单按「选择其他文件」。"
_NAMED = 4


def about(shown: Preview) -> str:
    """How many rows there are, and the headings that mean nothing here."""
    ignored = shown.roster.ignored
    more = "等" if len(ignored) > _NAMED else ""
    unknown = f"　未识别的列：{'、'.join(ignored[:_NAMED])}{more}" if ignored else ""
    return f"共 {len(shown.rows)} 行{unknown}"


def outcome(result: RosterResult) -> tuple[str, str, str]:
    """The result, what it means for the rest, and its tone."""
    parts = []
    if result.failed:
        parts.append(f"未成功的是{named(row for row, _said in result.failed)}，原因见「说明」。")
    if result.left:
        parts.append(f"第 {result.left[0].line} 行起的 {len(result.left)} 行没有写入，按「重新读取」可以接着导入。")
    if result.failed and result.done:
        parts.append("办成的已经写入，不受影响。")
    tone = "overdue" if result.failed else "soon" if result.left else "ontime"
    return result.words, "".join(parts), tone
