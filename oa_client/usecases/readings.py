"""How a character is read (读音). The phrase table is left out: names are read sign by sign, and loading it stops every thread for 0.2 s."""

import os
from functools import cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin


@cache
def readings(sign: str) -> tuple[str, ...]:
    """Every reading of one character without tones, the most usual first."""
    return tuple(dict.fromkeys(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))
