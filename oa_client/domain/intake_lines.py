"""The small recognitions of the reading: squeezed lines, 发文字号, dates in figures and in Chinese numerals."""

import re
from datetime import date

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u00ad"))
_OPEN, _CLOSE = r"[〔﹝［\[（(【〈<〖{]", r"[〕﹞］\])）】〉>〗}]"
_BRACKETED = r"[（(][\u4e00-\u9fff]{1,6}[)）]"
NUMBER = re.compile(
    rf"(?P<code>[\u4e00-\u9fffA-Za-z](?:[\u4e00-\u9fffA-Za-z·]|{_BRACKETED}){{0,19}}){_OPEN}"
    rf"(?P<year>(?:19|20)\d\d)年?{_CLOSE}第?0*(?P<serial>[1-9]\d{{0,5}})号"
)
_ORDER = re.compile(r"^[（(]?(?:(?P<year>(?:19|20)\d\d)年)?第0*(?P<serial>[1-9]\d{0,4})号[)）]?$")
_DIGITS = {
    **dict.fromkeys("〇○零Oo0", "0"),
    **{char: str(value) for value, char in enumerate("一二三四五六七八九", 1)},
    "元": "1",
}
_NUMERAL = r"[〇○零Oo0一二三四五六七八九十廿卅元]"
_ARABIC_DATE = re.compile(r"((?:19|20)\d\d)[年./\-](\d{1,2})[月./\-](\d{1,2})(?!\d)日?")
_CHINESE_DATE = re.compile(rf"([一二]{_NUMERAL}{{3}})年({_NUMERAL}{{1,3}})月({_NUMERAL}{{1,3}})日")
_PAGE = re.compile(r"^[—\-－–~·]*\d{1,4}[—\-－–~·/]*$|^第?\d{1,4}页?[/,，]?共\d{1,4}页$|^第\d{1,4}页$")


def squeeze(text: str) -> str:
    """The text with full-width letters and figures made half-width and white space removed, save between Latin words."""
    plain = text.translate(_INVISIBLE).translate(_WIDE).strip()
    return re.sub(r"\s+", lambda gap: " " if _between_words(plain, gap) else "", plain)


def _between_words(text: str, gap: re.Match[str]) -> bool:
    around = text[gap.start() - 1] + text[gap.end()]
    return around.isascii() and around.isalpha()


def is_page_mark(line: str) -> bool:
    """Whether a squeezed line is only a page number such as —1— or 第1页共3页."""
    return bool(_PAGE.match(line))


def normal_number(text: str) -> str:
    """The 发文字号 in its one proper form 代字〔年〕号 (GB/T 9704-2012 第7.2.5条), "" when the text holds none.

    Half-width or wrong brackets, spaces, 第 and leading zeros are put right; 令 and 公告, which are only counted,
    keep 第N号.
    """
    squeezed = squeeze(text)
    found = NUMBER.search(squeezed)
    if found:
        code = found["code"].replace("(", "（").replace(")", "）")
        return f"{code}〔{found['year']}〕{found['serial']}号"
    order = _ORDER.match(squeezed)
    if order:
        return f"{order['year']}年第{order['serial']}号" if order["year"] else f"第{order['serial']}号"
    return ""


def _chinese_int(text: str) -> int:
    """A Chinese numeral from 1 to 99 such as 五, 十二, 二十三, 廿三, 一五; ValueError for anything else."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return int("".join(_DIGITS[char] for char in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise ValueError(text)
    return int(_DIGITS[tens] if tens else 1) * 10 + int(_DIGITS[ones] if ones else 0)


def find_date(squeezed: str) -> tuple[date, int, int] | None:
    """The first real date in a squeezed text with its start and end: 2026年1月5日, 2026-01-05 or 二〇二六年一月五日."""
    found = [match for pattern in (_ARABIC_DATE, _CHINESE_DATE) for match in pattern.finditer(squeezed)]
    for match in sorted(found, key=lambda item: item.start()):
        try:
            return _to_date(match), match.start(), match.end()
        except (ValueError, KeyError):
            continue
    return None


def _to_date(match: re.Match[str]) -> date:
    year, month, day = match.groups()
    if year.isdecimal():
        return date(int(year), int(month), int(day))
    return date(int("".join(_DIGITS[char] for char in year)), _chinese_int(month), _chinese_int(day))


def sole_date(squeezed: str) -> date | None:
    """The date of a line that holds nothing else; brackets around it are allowed."""
    inner = squeezed.strip("（()）")
    found = find_date(inner)
    return found[0] if found and (found[1], found[2]) == (0, len(inner)) else None
