"""The one tokenizer of search: words of CJK scripts as pairs of characters, all other words whole.

Two-syllable words and particles are the norm in Korean and Chinese: a stored pair finds them anywhere in a word, which
trigrams and word indexes do not (SQLite's own trigram finds nothing of two characters).
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

_CJK = r"\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_RUNS = re.compile(rf"([{_CJK}]+)|([^\W{_CJK}_]+)")
_WORD_CHARS = 40


def folded(text: str) -> str:
    """`text` as it is compared: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def grams(text: str) -> list[str]:
    """What a text is found by, each once."""
    found: dict[str, None] = {}
    for cjk, word in dict.fromkeys(_RUNS.findall(folded(text))):
        if word:
            found[word[:_WORD_CHARS]] = None
        else:
            for pair in map(add, cjk, cjk[1:]):
                found[pair] = None
            found[cjk[-1]] = None
    return list(found)


def wanted(query: str) -> list[tuple[str, bool]]:
    """What a text must hold to be found: (gram, whether its beginning is enough)."""
    found: dict[tuple[str, bool], None] = {}
    for cjk, word in _RUNS.findall(folded(query)):
        if word:
            found[word[:_WORD_CHARS], True] = None
        elif len(cjk) == 1:
            found[cjk, True] = None
        else:
            found.update(dict.fromkeys((cjk[i : i + 2], False) for i in range(len(cjk) - 1)))
    return list(found)
