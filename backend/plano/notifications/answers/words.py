"""What a person wrote themselves in an answer: without what it quotes, and without the signature below.

The library knows the words with which mail programs begin a quotation; it is not asked for signatures, which it sees
after every « Cordialement »: rather a line too many than a word lost.
"""

import re

from mailparser_reply import EmailReplyParser

from plano.notifications.texts import ENGLISH, FRENCH

MOST = 200_000
_MARKS = "|".join(re.escape(words.answer_above.strip("- ")) for words in (FRENCH, ENGLISH))
_LEAD = r"[>* \t\u00a0]*"
"""Never over the end of a line: with \\s a hundred empty lines cost a second, a thousand cost hours."""
_ABOVE = re.compile(rf"^[>*| \t\u00a0]*-*[ \t\u00a0]*(?:{_MARKS})", re.MULTILINE)
_HEADERS = re.compile(
    rf"^{_LEAD}(?:De|From|Von)\s*:\s?\S.*\n(?:{_LEAD}(?:Envoy|Date|À|A|To|Cc|Sent|Objet|Subject)[^\n]*\n){{1,5}}",
    re.MULTILINE | re.IGNORECASE,
)
_RULE = re.compile(r"\n\s*(?:_{5,}|-{2,}\s*(?:Message d.origine|Original Message|Mail original)\s*-{2,})\s*\Z", re.I)
_WROTE = re.compile(r"(?:^|\n)[> \t\u00a0]*(?:Le|On)\b[^\n]{5,200}(?:\n[^\n]{0,120})?\b(?:a\s+écrit|wrote)\s*:?\s*\Z")
_FAR_APART = re.compile(r"\n(?:[^\S\n]{0,80}\n){3,}")
_FAR_ASIDE = re.compile(r"[^\S\n]{80,}")
_LONG_LINE = re.compile(r"([^\n]{500}\S{0,80}) (?=\S)")
_JOINT = "\ue000"
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_SENT_FROM = re.compile(
    r"\n\s*(?:Envoyé (?:de|depuis|à partir|avec)|Sent (?:from|with)|Télécharger Outlook|Obtenez? Outlook|Get Outlook)"
    r"\b[^\n]*\Z",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """Cleaned; empty when nothing of their own is left."""
    text = text[:MOST].replace("\r\n", "\n").replace("\r", "\n")
    text = _FAR_APART.sub("\n\n\n", _FAR_ASIDE.sub(" " * 80, text)).strip("\n")
    for cut in (_ABOVE, _HEADERS):
        if found := cut.search(text):
            text = text[: found.start()]
    # on one line of 30,000 letters the library would ponder for half a minute
    text = _LONG_LINE.sub(rf"\1{_JOINT}\n", text.replace(_JOINT, "").strip())
    text = EmailReplyParser(languages=["fr", "en"]).parse_reply(text + "\n") or ""
    text = text.replace(f"{_JOINT}\n", " ").replace(_JOINT, " ")
    if found := _SIGNATURE.search(text):
        text = text[: found.start()]
    text = text.rstrip()
    for tail in (_RULE, _WROTE, _SENT_FROM):
        text = tail.sub("", f"\n{text}").strip()
    return text
