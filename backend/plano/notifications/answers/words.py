"""What a person wrote themselves in an answer: without what it quotes, and without the signature below.

The library knows the words with which mail programs begin a quotation; it is not asked for signatures, which it sees
after every « Cordialement »: rather a line too many than a word lost.
"""

import re

from mailparser_reply import EmailReplyParser

from plano.notifications.texts import ENGLISH, FRENCH

MOST = 200_000
_MARKS = "|".join(re.escape(words.answer_above.strip("- ")) for words in (FRENCH, ENGLISH))
_ABOVE = re.compile(rf"^[>\s*|]*-*\s*(?:{_MARKS})", re.MULTILINE)
_HEADERS = re.compile(
    r"^[>\s*]*(?:De|From|Von)\s*:\s?\S.*\n(?:[>\s*]*(?:Envoy|Date|À|A|To|Cc|Sent|Objet|Subject)[^\n]*\n){1,5}",
    re.MULTILINE | re.IGNORECASE,
)
_RULE = re.compile(r"\n\s*(?:_{5,}|-{2,}\s*(?:Message d.origine|Original Message|Mail original)\s*-{2,})\s*\Z", re.I)
_WROTE = re.compile(r"(?:^|\n)[>\s]*(?:Le|On)\b[^\n]{5,200}(?:\n[^\n]{0,120})?\b(?:a\s+écrit|wrote)\s*:?\s*\Z")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_SENT_FROM = re.compile(
    r"\n\s*(?:Envoyé (?:de|depuis|à partir|avec)|Sent (?:from|with)|Télécharger Outlook|Obtenez? Outlook|Get Outlook)"
    r"\b[^\n]*\Z",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """Cleaned; empty when nothing of their own is left."""
    text = text[:MOST].replace("\r\n", "\n").replace("\r", "\n")
    for cut in (_ABOVE, _HEADERS):
        if found := cut.search(text):
            text = text[: found.start()]
    text = EmailReplyParser(languages=["fr", "en"]).parse_reply(text.strip() + "\n") or ""
    if found := _SIGNATURE.search(text):
        text = text[: found.start()]
    text = text.rstrip()
    for tail in (_RULE, _WROTE, _SENT_FROM):
        text = tail.sub("", f"\n{text}").strip()
    return text
