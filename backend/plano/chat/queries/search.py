# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Search in messages, with the rights of this moment (R-06): the channels seen now, from where reading begins there.

Three sources: the table of words; the newest messages, which are not in it yet; and messages that carry a document
which the reader finds by its name or its words (ADR 0018).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from operator import itemgetter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from plano.accounts.models import User
from plano.chat.asking import ME, Asked, Feature, Value, plain, understood
from plano.chat.models import Channel, Message
from plano.chat.queries.channels import channel_for, titled
from plano.chat.queries.excerpts import excerpts_of
from plano.chat.queries.floors import floors_of
from plano.chat.queries.marks import LISTED
from plano.chat.queries.messages import messages_out
from plano.chat.schemas.messages import MessageOut
from plano.chat.schemas.search import FoundMessage, FoundMessages, SearchOrder, SearchProblem
from plano.documents import queries as documents
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.kernel.errors import Invalid
from plano.platform.database import many
from plano.workspaces import policies as access
from plano.workspaces.models import Room

LONGEST, PAGE, MAX_PAGE = 200, 20, 50
NEAR = 4_000  # the newest words, looked through one by one before the index is asked
FEW = 8  # channels that the index itself is asked for
RANKED = 300  # the newest that are put in the order of what fits
TAIL = 5_000  # of each channel, messages that the table does not have yet
NAMESAKES, CARRIED = 200, 100
_NEVER, _EVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_BOUNDS = "w.at >= %(since)s AND w.at <= %(until)s"
_ORDER = "ORDER BY at DESC, message_id DESC LIMIT %(limit)s"
_COLUMNS = "w.message_id, w.channel_id, w.seq, w.at"

_MEANT = """
SELECT phraseto_tsquery('plano_fr', t.words)::text, CASE WHEN t.alone AND length(t.words) > 2
    AND numnode(phraseto_tsquery('plano_fr', t.words)) > 0
    THEN (quote_literal(lower(unaccent(t.words))) || ':*')::tsquery::text ELSE '' END
FROM unnest(%(texts)s::text[], %(alone)s::boolean[]) WITH ORDINALITY t(words, alone, place) ORDER BY t.place
"""
_NEAREST = f"""
SELECT {_COLUMNS} FROM (
    SELECT * FROM chat_words w WHERE {_BOUNDS} ORDER BY w.at DESC, w.message_id DESC LIMIT {NEAR}
) w WHERE w.channel_id = ANY(%(channels)s) {{where}} {_ORDER}
"""
# Asked again and again, a function would go by a plan for any words at all: it is told not to, before it is entered.
_BY_INDEX = f"""
SELECT {_COLUMNS} FROM (SELECT set_config('plan_cache_mode', 'force_custom_plan', true) AS way) told
CROSS JOIN LATERAL plano_messages_with(
    %(words)s::tsquery, %(channels)s::uuid[], %(since)s, CASE WHEN told.way <> '' THEN %(until)s END
) w WHERE true {{where}} {_ORDER}
"""
_BY_READING = (
    f"SELECT {_COLUMNS} FROM chat_words w WHERE w.channel_id = ANY(%(channels)s) AND {_BOUNDS} {{where}} {_ORDER}"
)
_MADE = """SELECT m.id AS message_id, m.channel_id, m.seq, m.created_at AS at,
    plano_message_words(m.channel_id, m.author_id, m.text, m.poll) AS vector"""
_NOT_YET = f"""
SELECT {_COLUMNS} FROM (
    {_MADE} FROM unnest(%(channels)s::uuid[]) c(id) LEFT JOIN chat_indexed i ON i.channel_id = c.id
    CROSS JOIN LATERAL (SELECT * FROM chat_message m WHERE m.channel_id = c.id AND m.seq > COALESCE(i.seq, 0)
        ORDER BY m.seq DESC LIMIT {TAIL}) m
    WHERE m.system IS NULL AND m.deleted_at IS NULL
) w WHERE {_BOUNDS} {{where}} {_ORDER}
"""
_BY_FILE = f"""
SELECT {_COLUMNS}, w.node_id FROM (
    {_MADE}, f.node_id FROM chat_messagefile f JOIN chat_message m ON m.id = f.message_id
    WHERE f.node_id = ANY(%(nodes)s) AND m.channel_id = ANY(%(channels)s) AND m.deleted_at IS NULL
) w WHERE {_BOUNDS} {{where}} {_ORDER}
"""
_FLOORS = """AND NOT EXISTS (SELECT FROM unnest(%(floor_ids)s::uuid[], %(floors)s::bigint[]) f(id, seq)
    WHERE f.id = w.channel_id AND w.seq <= f.seq)"""
_AFTER = "AND (w.at, w.message_id) < (%(after)s, %(after_id)s::uuid)"
_FEATURES: dict[Feature, str] = {
    "pinned": "EXISTS (SELECT FROM chat_message m WHERE m.id = w.message_id AND m.pinned_at IS NOT NULL)",
    "file": "EXISTS (SELECT FROM chat_messagefile f WHERE f.message_id = w.message_id)",
}
_NAMED = "EXISTS (SELECT FROM chat_mention n WHERE n.message_id = w.message_id AND n.user_id = ANY(%(named)s::uuid[]))"
_NOT_NAMED = f"NOT {_NAMED.replace('%(named)s', '%(not_named)s')}"
_RANKS = """
SELECT m.id FROM chat_message m WHERE m.id = ANY(%(ids)s)
ORDER BY ts_rank(plano_message_words(m.channel_id, m.author_id, m.text, m.poll), %(words)s::tsquery) DESC,
    m.created_at DESC, m.id DESC LIMIT %(limit)s
"""

Row = tuple[UUID, UUID, int, datetime]


@dataclass
class _Plan:
    """A question as PostgreSQL is asked it. `words`: also who and where; `shown`: what is marked in the answer."""

    channels: list[Channel]
    words: str = ""
    shown: str = ""
    others: str = ""
    where: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    texts: str = ""

    @property
    def is_indexed(self) -> bool:
        """Something is asked for that the index has; an exclusion alone is not."""
        return "'" in re.sub(r"!\([^)]*\)", "", self.words)


def search_messages(
    actor: User,
    text: str,
    *,
    workspace_id: UUID | None = None,
    channel_id: UUID | None = None,
    order: SearchOrder = "recent",
    cursor: str | None = None,
    limit: int = PAGE,
) -> FoundMessages:
    """The newest first, or (one page) what fits best among the newest 300."""
    if len(text) > LONGEST:
        raise Invalid("query_too_long", errors={"q": "query_too_long"})
    asked = understood_by(actor, text)
    problems = [SearchProblem(operator=one.operator, value=one.value) for one in asked.problems]
    channels = _channels(actor, workspace_id, channel_id)
    limit = max(1, min(limit, MAX_PAGE))
    plan = None if problems or asked.is_empty else _plan(actor, asked, channels)
    if plan is None:
        return FoundMessages(items=[], next=None, problems=problems)
    plan.values |= _times(asked, actor.time_zone)
    if cursor is not None and order == "recent":
        _after(plan, cursor)
    wanted = RANKED if order == "relevance" else limit + 1
    found, files = _found(actor, plan, wanted)
    if order == "relevance" and plan.shown:
        rows = many(_RANKS, ids=list(found), words=plan.shown, limit=limit)
        page, more = [id for (id,) in rows], False
    else:
        page, more = list(found)[:limit], order == "recent" and len(found) > limit
    following = pagination.encode_time(found[page[-1]][3], page[-1]) if more else None
    return FoundMessages(items=_items(actor, plan, page, files), next=following, problems=[])


def understood_by(actor: User, text: str) -> Asked:
    """What a question says, in the time of this person."""
    return understood(text, now().astimezone(ZoneInfo(actor.time_zone)).date())


def _channels(actor: User, workspace_id: UUID | None, channel_id: UUID | None) -> list[Channel]:
    if channel_id is not None:
        return [channel_for(actor, channel_id)]
    if workspace_id is not None:
        access.membership_of(actor, workspace_id)
    seen = access.visible_scope_ids(actor, workspace_id)
    return list(Channel.objects.filter(id__in=seen, kind__in=LISTED, workspace__rooms__contains=[Room.CHAT]))


def _plan(actor: User, asked: Asked, channels: list[Channel]) -> _Plan | None:
    """None when nothing can be found: nobody of that name, no such channel, only words that say nothing."""
    chosen = _chosen(actor, channels, asked.places)
    authors, named = _people(actor, asked.authors), _people(actor, asked.names)
    if not chosen or authors is None or named is None:
        return None
    plan = _Plan(chosen)
    said, unsaid = _meant(asked.words), _meant(asked.without, exactly=True)
    plan.shown = " & ".join(said)
    marks = [f"'={mark}'" for mark in ("link", "poll") if (mark, False) in asked.features]
    marks += [f"!('={mark}')" for mark in ("link", "poll") if (mark, True) in asked.features]
    for ids, without in (authors[0], False), (authors[1], True):
        if ids:
            marks.append(("!" if without else "") + "(" + " | ".join(f"'=a{id}'" for id in ids) + ")")
    if len(chosen) <= FEW:
        marks.append("(" + " | ".join(f"'=c{channel.id}'" for channel in chosen) + ")")
    if not said and not asked.has_operators:
        return None
    plan.others = " & ".join([*(f"!({one})" for one in unsaid), *marks])
    plan.words = " & ".join(part for part in (plan.shown, plan.others) if part)
    if plan.shown and not unsaid:
        plan.texts = " ".join(word for words in asked.words for word in words)
    for feature, without in asked.features:
        if feature in _FEATURES:
            plan.where.append(f"AND {'NOT ' if without else ''}{_FEATURES[feature]}")
    for ids, statement, key in (named[0], _NAMED, "named"), (named[1], _NOT_NAMED, "not_named"):
        if ids:
            plan.where.append(f"AND {statement}")
            plan.values[key] = ids
    floors = {id: seq for id, seq in floors_of(actor.id).items() if any(id == channel.id for channel in chosen)}
    if floors:
        plan.where.append(_FLOORS)
        plan.values |= {"floor_ids": list(floors), "floors": list(floors.values())}
    plan.values["channels"] = [channel.id for channel in chosen]
    return plan


def _meant(items: list[list[str]], *, exactly: bool = False) -> list[str]:
    """Each a condition on words: as the stem, or as the beginning of a longer word."""
    if not items:
        return []
    texts, alone = [" ".join(words) for words in items], [len(words) == 1 and not exactly for words in items]
    rows = many(_MEANT, texts=texts, alone=alone)
    return [f"({stem} | {beginning})" if beginning else f"({stem})" for stem, beginning in rows if stem]


def _people(actor: User, values: Sequence[Value]) -> tuple[list[UUID], list[UUID]] | None:
    """Those of these names, and those who are not wanted. None: nobody of a name that is wanted.

    Anybody's name: what is found was written by them where the asker reads, nothing else tells that they exist.
    """
    kept: tuple[list[UUID], list[UUID]] = ([], [])
    for value in values:
        kept[value.without].extend([actor.id] if plain(value.text) in ME else _called(value.text))
    return None if not kept[0] and any(not value.without for value in values) else kept


def _called(text: str) -> list[UUID]:
    people = User.objects.all()
    for word in re.findall(r"[^\W_]+", text)[:5]:
        begins = Q(name__unaccent__istartswith=word)
        people = people.filter(
            begins | Q(name__unaccent__icontains=f" {word}") | Q(name__unaccent__icontains=f"-{word}")
        )
    return list(people.order_by("id").values_list("id", flat=True)[:NAMESAKES]) if text.strip() else []


def _chosen(actor: User, channels: list[Channel], values: Sequence[Value]) -> list[Channel]:
    """The channels of these names, as the asker calls them: the very name, else all that have its words."""
    if not values:
        return channels
    names = {channel.id: plain(title) for channel, title in titled(actor, channels)}
    kept, dropped = set[UUID](), set[UUID]()
    for value in values:
        name = plain(value.text)
        exact = {id for id, title in names.items() if title == name}
        words = re.findall(r"[^\W_]+", name)
        close = {id for id, title in names.items() if words and all(re.search(rf"\b{word}", title) for word in words)}
        (dropped if value.without else kept).update(exact or close)
    wanted = kept if any(not value.without for value in values) else set(names)
    return [channel for channel in channels if channel.id in wanted - dropped]


def _times(asked: Asked, zone: str) -> dict[str, datetime]:
    return {"since": _begins(asked.since, zone) or _NEVER, "until": _begins(asked.until, zone) or _EVER}


def _begins(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) if day else None


def _after(plan: _Plan, cursor: str) -> None:
    at, id = pagination.decode(cursor, size=2)
    try:
        after, after_id = datetime.fromisoformat(at), UUID(id)
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
    if after.tzinfo is None:
        raise Invalid("invalid_cursor")
    plan.where.append(_AFTER)
    plan.values |= {"after": after, "after_id": after_id, "until": min(after, plan.values["until"])}


def _found(actor: User, plan: _Plan, limit: int) -> tuple[dict[UUID, Row], dict[UUID, UUID]]:
    """Rows in their order, and the document by which some were found. What is new is asked first: it may be taken
    into the table meanwhile, and would else be in neither."""
    where = " ".join(plan.where)
    within = f"AND w.vector @@ %(words)s::tsquery {where}" if plan.words else where
    values = {**plan.values, "words": plan.words, "limit": limit}
    rows: list[Row] = many(_NOT_YET.format(where=within), **values)
    carried = _carried(actor, plan, where, limit)
    rows += [row[:4] for row in carried]
    near = many(_NEAREST.format(where=within), **values)
    if len(near) < limit:
        rest = _BY_INDEX.format(where=where) if plan.is_indexed else _BY_READING.format(where=within)
        near = many(rest, **values)
    by_id = {row[0]: row for row in [*rows, *near]}
    ordered = sorted(by_id.values(), key=itemgetter(3, 0), reverse=True)[:limit]
    return {row[0]: row for row in ordered}, {row[0]: row[4] for row in carried}


def _carried(actor: User, plan: _Plan, where: str, limit: int) -> list[Any]:
    """Messages that carry a document with these words, in its name or inside, which this person may read."""
    if not plan.texts:
        return []
    channels = plan.values["channels"]
    if not many("SELECT FROM chat_messagefile WHERE channel_id = ANY(%(channels)s) LIMIT 1", channels=channels):
        return []
    nodes = [found.id for found in documents.search_documents(actor, plan.texts, limit=CARRIED)]
    if not nodes:
        return []
    within = f"AND w.vector @@ %(words)s::tsquery {where}" if plan.others else where
    return many(_BY_FILE.format(where=within), **plan.values, words=plan.others, nodes=nodes, limit=limit)


def _items(actor: User, plan: _Plan, ids: Sequence[UUID], files: dict[UUID, UUID]) -> list[FoundMessage]:
    known = {channel.id for channel in plan.channels}
    found = Message.objects.select_related("author", "channel").filter(deleted_at=None, system__isnull=True)
    rows = found.in_bulk(list(ids))
    messages = [rows[id] for id in ids if id in rows and rows[id].channel_id in known]
    outs = messages_out(messages)
    places = {message.channel_id: message.channel for message in messages}
    titles = {channel.id: title for channel, title in titled(actor, list(places.values()))}
    names = documents.names_for(actor, [files[id] for id in ids if id in files])
    excerpts = excerpts_of([_body(out) for out in outs], plan.shown)
    return [
        FoundMessage(
            id=out.id,
            channel_id=out.channel_id,
            workspace_id=places[out.channel_id].workspace_id,
            channel_name=titles[out.channel_id],
            conversation=places[out.channel_id].pair is not None,
            archived=places[out.channel_id].archived_at is not None,
            thread_id=out.thread_id,
            seq=out.seq,
            author=out.author,
            created_at=out.created_at,
            edited=out.edited_at is not None,
            pinned=out.pinned is not None,
            poll=out.poll is not None,
            reply_count=out.reply_count,
            file=names.get(files[out.id], "") if out.id in files else "",
            excerpt=excerpt,
        )
        for out, excerpt in zip(outs, excerpts, strict=True)
    ]


def _body(out: MessageOut) -> str:
    return "\n".join([out.text, *(option.text for option in (out.poll.options if out.poll else ()))])
