"""The words around what was found, in a search in messages."""

import re

from plano.chat.schemas.search import WordsPart
from plano.platform.database import many

AROUND, LONG = 60, 240
OPEN, CLOSE = "\x02", "\x03"
_SHORT_MARKS = str.maketrans("", "", "*`~")
# Letter for letter as long as what was said: where the marks stand there, they stand in the words of the message.
_MARKED = """
SELECT ts_headline('plano_fr', translate(t.body, '._-/:@#&=?+*~|<>', '                '), %(words)s::tsquery, %(how)s)
FROM unnest(%(bodies)s::text[]) WITH ORDINALITY t(body, place) ORDER BY t.place
"""
_HOW = f"HighlightAll=true, StartSel={OPEN}, StopSel={CLOSE}"


def excerpts_of(bodies: list[str], words: str) -> list[list[WordsPart]]:
    """Of each of these, what its reader is shown; `words`: a tsquery."""
    if not words or not bodies:
        return [_shortened([(body, False)]) for body in bodies]
    marked = [text for (text,) in many(_MARKED, bodies=bodies, words=words, how=_HOW)]
    return [_shortened(_marked(body, text)) for body, text in zip(bodies, marked, strict=True)]


def _marked(body: str, marked: str) -> list[tuple[str, bool]]:
    """The pieces of what was said, each with whether it was asked for."""
    if len(marked.replace(OPEN, "").replace(CLOSE, "")) != len(body):
        return [(body, False)]
    parts, at = [], 0
    for number, piece in enumerate(re.split(f"[{OPEN}{CLOSE}]", marked)):
        if piece:
            parts.append((body[at : at + len(piece)], number % 2 == 1))
            at += len(piece)
    return parts


def _shortened(parts: list[tuple[str, bool]]) -> list[WordsPart]:
    """On one line, around what was asked for, without the marks of emphasis."""
    out: list[WordsPart] = []
    room = LONG
    for number, (said, hit) in enumerate(parts):
        text = re.sub(r"\s+", " ", said.translate(_SHORT_MARKS))
        if not hit and len(text) > 2 * AROUND and len(parts) > 1:
            last = number == len(parts) - 1
            head = "" if number == 0 else text[:AROUND].rsplit(" ", 1)[0]
            tail = "" if last else text[-AROUND:].split(" ", 1)[-1]
            text = f"{head} … {tail}" if head and tail else f"{head} …" if last else f"… {tail}"
        if len(text) > room:
            text = text[:room].rstrip() + " …"
        if text:
            out.append(WordsPart(text=text, hit=hit))
        room -= len(text)
        if room <= 0:
            break
    return out
