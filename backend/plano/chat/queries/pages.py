"""Pages of messages, each one statement with its access check."""

from dataclasses import dataclass
from uuid import UUID

from plano.accounts.models import User
from plano.chat import statements
from plano.chat.models import Message
from plano.chat.queries.floors import floor_of
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.platform import database

PAGE, MAX_PAGE = 50, 100


@dataclass(frozen=True, slots=True)
class PageWanted:
    """Which messages: before or after a number, or around one; of the channel or of one thread."""

    way: str = "newest"
    at: int = 0
    thread_id: UUID | None = None
    limit: int = PAGE


def page_wanted(
    actor: User,
    channel_id: UUID,
    *,
    before: str | None,
    after: str | None,
    around: str | None,
    thread_id: UUID | None,
    limit: int,
) -> PageWanted:
    """Understand what was asked. `around` is a message's id or a number."""
    size = max(1, min(limit, MAX_PAGE))
    if around is not None:
        return PageWanted("around", _number(actor, channel_id, around), thread_id, max(2, size))
    if after is not None:
        return PageWanted("after", _decoded(after), thread_id, size)
    if before is not None:
        return PageWanted("before", _decoded(before), thread_id, size)
    return PageWanted(thread_id=thread_id, limit=size)


def message_page(actor: User, channel_id: UUID, wanted: PageWanted) -> bytes:
    """MessagePage as JSON, in one statement with its access check; NotFound for the invisible."""
    args = {"user": actor.id, "channel": channel_id, "at": wanted.at, "thread": wanted.thread_id}
    sql = statements.page(wanted.way, in_thread=wanted.thread_id is not None, limit=wanted.limit)
    rows = database.rows(sql, args)
    if not rows:
        raise NotFound
    items, first, last, older, newer = rows[0]
    if items is None:
        return b'{"items":[],"next":null,"newer":null}'
    up = f'"{pagination.encode(last)}"' if newer else "null"
    down = f'"{pagination.encode(first)}"' if older else "null"
    following = up if wanted.way == "after" else down
    return f'{{"items":[{items}],"next":{following},"newer":{up}}}'.encode()


def _decoded(cursor: str) -> int:
    """A cursor, or a message's number as it is: a client asks again for the run that it holds."""
    if cursor.isascii() and cursor.isdigit():
        return _bounded(cursor)
    return _bounded(pagination.decode(cursor, size=1)[0])


def _bounded(number: str) -> int:
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Invalid("invalid_cursor")
    return int(number)


def _number(actor: User, channel_id: UUID, around: str) -> int:
    try:
        wanted = UUID(around)
    except ValueError:
        return _bounded(around)
    found = Message.objects.select_related("channel", "thread").filter(id=wanted, channel_id=channel_id).first()
    if found is None or found.erased or found.seq <= floor_of(actor.id, found.channel):
        raise NotFound
    return found.thread.seq if found.thread and not found.in_channel else found.seq
