"""Mails about notifications: who did what and where; what was written only for those who chose so (R-83).

A text part and the same in plain HTML, in the person's language and time zone; no picture, no link that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html import escape
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat, translation

from plano.accounts.models import User
from plano.kernel.text import clean_line
from plano.notifications import policies, signatures
from plano.notifications.models import Cadence, Notification, NotificationKind
from plano.notifications.queries import GROUP_OF, rhythm_of
from plano.notifications.texts import Words, words_of
from plano.platform import mail
from plano.platform.mail.delivery import adapter

_K = NotificationKind
ANSWERABLE = {
    (_K.MENTION, "chat.message"),
    (_K.MESSAGE, "chat.message"),
    (_K.DIRECT, "chat.channel"),
    (_K.MENTION, "documents.comment"),
    (_K.COMMENT, "documents.comment"),
}
CHOOSE_PATH, END_PATH, OPEN_PATH = "/parametres/notifications", "/courriels/arreter/", "/notifications/"
END_ROUTE = "/api/v1/mail/end/"
MAX_LINES = 60
_COUNTING = {NotificationKind.FOLLOWED, NotificationKind.DEPOSITED, NotificationKind.DIRECT}
_HTML = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1e1e1e;max-width:600px;margin:0 auto">
{body}
</body></html>
"""
_SMALL = 'style="font-size:13px;color:#555"'


@dataclass(frozen=True)
class Line:
    """One thing told: of one or several of its kind."""

    sentence: str
    quote: str
    when: str
    link: str


def thing_of(told: Notification) -> tuple[str, UUID]:
    """What one mail is about: a conversation, a thread, a document, a task…"""
    if told.kind == NotificationKind.DIRECT and told.parent_id is not None:
        return ("conversation", told.parent_id)
    return (told.link_kind, told.link_id)


def is_answerable(told: Notification) -> bool:
    """Whether an answer to the mail about it may come by mail."""
    return (told.kind, told.link_kind) in ANSWERABLE


def compose(user: User, rows: Sequence[Notification], *, cadence: Cadence) -> mail.Message:
    """One mail about these, the oldest first. `rows` were looked at: unread, and visible at this moment."""
    words = words_of(user.language)
    names = policies.workspace_names({row.workspace_id for row in rows if row.workspace_id})
    shows_text = rhythm_of(user).mail_text
    places: dict[UUID | None, list[Line]] = {}
    for group in _by_thing(rows):
        where = group[0].workspace_id if group[0].workspace_id in names else None
        places.setdefault(where, []).append(_line(user, words, group, shows_text=shows_text))
    newest = rows[-1]
    count = sum(row.count if row.kind in _COUNTING else 1 for row in rows)
    if cadence == Cadence.NOW:
        name = clean_line(names.get(newest.workspace_id, "")) if newest.workspace_id else ""
        lines = next(iter(places.values()))
        subject = f"{lines[-1].sentence} – {name}" if name else lines[-1].sentence
    else:
        subject = words.summary[cadence]
    if any(row.urgent for row in rows):
        subject = f"[{words.urgent}] {subject}"
    answer_to = _answer_to(newest) if cadence == Cadence.NOW else None
    end = _end_word(user, newest, cadence)
    titled = [(clean_line(names[place]) if place else words.elsewhere, lines) for place, lines in places.items()]
    return mail.Message(
        to=user.email or "",
        name=clean_line(user.name),
        subject=subject[:200],
        language=user.language,
        text=_text(user, words, titled, count, end=end, answers=answer_to is not None),
        html=_html(user, words, titled, count, title=subject, end=end, answers=answer_to is not None),
        message_id=_message_id(rows, cadence),
        headers=_headers(user, newest, cadence, end=end, answer_to=answer_to),
    )


def hand_over(message: mail.Message) -> None:
    """To the mail server or the folder, now."""
    adapter().deliver(message)


def send_refusal(user: User, reason: str, *, link: str, in_reply_to: str) -> None:
    """An honest answer to an answer that could not be published; to the account's address only, never in a loop."""
    words = words_of(user.language)
    text = words.refused[1].format(name=clean_line(user.name), reason=reason, link=link)
    headers = (("Auto-Submitted", "auto-replied"), *((("In-Reply-To", in_reply_to),) if in_reply_to else ()))
    message = mail.Message(
        to=user.email or "",
        name=clean_line(user.name),
        subject=words.refused[0],
        text=text,
        language=user.language,
        headers=headers,
    )
    hand_over(message)


def _by_thing(rows: Sequence[Notification]) -> list[list[Notification]]:
    groups: dict[tuple[object, ...], list[Notification]] = {}
    for row in rows:
        groups.setdefault((row.workspace_id, row.kind, thing_of(row)), []).append(row)
    return list(groups.values())[-MAX_LINES:]


def _line(user: User, words: Words, rows: list[Notification], *, shows_text: bool) -> Line:
    newest = rows[-1]
    count = sum(row.count if row.kind in _COUNTING else 1 for row in rows)
    who = clean_line(newest.actor.name) if newest.actor else words.somebody
    one, several = words.kinds[newest.kind]
    sentence = (one if count == 1 else several).format(who=who, count=count)
    quote = words.quoted.format(text=clean_line(newest.title)) if shows_text and newest.title.strip() else ""
    return Line(
        sentence=sentence,
        quote=quote,
        when=_local(newest.created_at, user, words),
        link=f"{settings.BASE_URL}{OPEN_PATH}{newest.id}",
    )


def _local(at: datetime, user: User, words: Words) -> str:
    with translation.override(user.language):
        return dateformat.format(at.astimezone(ZoneInfo(user.time_zone)), words.date)


def _text(
    user: User, words: Words, places: list[tuple[str, list[Line]]], count: int, *, end: str, answers: bool
) -> str:
    parts = [words.answer_above, ""] if answers else []
    parts += [words.hello.format(name=clean_line(user.name)), ""]
    if sum(len(lines) for _, lines in places) > 1:
        parts += [words.news[count > 1].format(count=count), ""]
    for title, lines in places:
        parts.append(title)
        for line in lines:
            parts += [f"- {line.sentence} ({line.when})"]
            parts += [f"  {line.quote}"] if line.quote else []
            parts += [f"  {line.link}"]
        parts.append("")
    parts += [words.answer, ""] if answers else []
    parts += ["-- ", words.why]
    parts += [words.end, f"  {settings.BASE_URL}{END_PATH}{end}"]
    parts += [words.choose, f"  {settings.BASE_URL}{CHOOSE_PATH}"]
    return "\n".join(parts) + "\n"


def _html(
    user: User,
    words: Words,
    places: list[tuple[str, list[Line]]],
    count: int,
    *,
    title: str,
    end: str,
    answers: bool,
) -> str:
    parts = [f"<p {_SMALL}>{escape(words.answer_above)}</p>"] if answers else []
    parts.append(f"<p>{escape(words.hello.format(name=clean_line(user.name)))}</p>")
    if sum(len(lines) for _, lines in places) > 1:
        parts.append(f"<p>{escape(words.news[count > 1].format(count=count))}</p>")
    for place, lines in places:
        parts.append(f'<h2 style="font-size:16px">{escape(place)}</h2>')
        for line in lines:
            quote = f"<br><em>{escape(line.quote)}</em>" if line.quote else ""
            link = f'<a href="{escape(line.link)}">{escape(words.open)}</a>'
            parts.append(f"<p>{escape(line.sentence)} <span {_SMALL}>{escape(line.when)}</span>{quote}<br>{link}</p>")
    if answers:
        parts.append(f"<p>{escape(words.answer)}</p>")
    links = (
        f'<a href="{escape(settings.BASE_URL + END_PATH + end)}">{escape(words.end)}</a> · '
        f'<a href="{escape(settings.BASE_URL + CHOOSE_PATH)}">{escape(words.choose)}</a>'
    )
    parts.append(f"<hr><p {_SMALL}>{escape(words.why)}<br>{links}</p>")
    return _HTML.format(language=user.language, title=escape(title), body="\n".join(parts))


def _headers(
    user: User, newest: Notification, cadence: Cadence, *, end: str, answer_to: str | None
) -> tuple[tuple[str, str], ...]:
    host = mail.host()
    about = newest.parent_id or newest.link_id if cadence == Cadence.NOW else user.id
    thread = f"<thread.{about.hex}.{user.id.hex}@{host}>"
    found = [
        ("List-Id", f"<{(newest.workspace_id or user.id).hex}.{host}>"),
        ("List-Unsubscribe", f"<{settings.BASE_URL}{END_ROUTE}{end}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ]
    if cadence == Cadence.NOW:
        found += [("In-Reply-To", thread), ("References", thread)]
    if answer_to:
        found.append(("Reply-To", answer_to))
    return tuple(found)


def _answer_to(told: Notification) -> str | None:
    domain: str | None = settings.PLANO.mail_reply_domain
    if domain is None or not is_answerable(told):
        return None
    return f"reply+{signatures.reply_word(told.id)}@{domain}"


def _end_word(user: User, newest: Notification, cadence: Cadence) -> str:
    """A mail about one thing: of its group in its workspace. A digest: of its cadence."""
    now = cadence == Cadence.NOW
    return signatures.mute_word(
        user.id,
        group=GROUP_OF[newest.kind] if now else None,
        workspace_id=newest.workspace_id if now else None,
        cadence=cadence,
    )


def _message_id(rows: Sequence[Notification], cadence: Cadence) -> str:
    """The same for the same news: what a killed worker sends again is known."""
    news = "".join(f"{row.id}{row.version}{row.created_at.isoformat()}" for row in rows)
    return f"{cadence}.{sha256(news.encode()).hexdigest()[:40]}"
