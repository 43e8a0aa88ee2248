"""The register of decisions: note, correct, replace, cancel. Nothing is taken out of it; what it said is kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.db.models import Max

from plano.accounts.models import User
from plano.accounts.options import base_url
from plano.chat import limits, policies, queries, registers
from plano.chat.live import DECISION, DECISION_TOUCHED
from plano.chat.models import Channel, Decision, DecisionRevision, Entrance, History, Standing
from plano.chat.queries.decisions import WHOLE
from plano.chat.schemas.decisions import DecisionTouched
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid, PreconditionFailed
from plano.kernel.text import clean_line
from plano.platform import audit, database
from plano.platform.live import Emit, unit_of_work
from plano.platform.live.models import Stream
from plano.platform.references import made
from plano.platform.references.made import Thing
from plano.workspaces import policies as access

KIND = DECISION.name
FIELDS = ("text", "decided_on", "decided_by", "status", "replaced_by_id")
EARLIEST = date(1900, 1, 1)


def note_decision(
    *,
    actor: User,
    channel_id: UUID,
    id: UUID,
    text: str,
    decided_on: date,
    decided_by: list[UUID] | None = None,
    origin: Thing | None = None,
) -> Decision:
    """Note what was decided, for all who read the channel. Sent again with the same id: the same decision."""
    channel = queries.channel_for(actor, channel_id)
    policies.require_post(actor, channel)
    existing = _existing(actor, channel_id, id)
    if existing is not None:
        return existing
    _require(channel_id, text=text, decided_on=decided_on, decided_by=decided_by or [])
    limits.take(actor.id)
    try:
        with unit_of_work() as emit:
            channel = Channel.objects.select_for_update(of=("self",)).select_related("workspace").get(id=channel_id)
            policies.require_post(actor, channel)
            last = Decision.objects.filter(channel=channel).aggregate(last=Max("number"))["last"] or 0
            decision = Decision(
                id=id,
                channel=channel,
                number=last + 1,
                seq=Stream.reached(channel_id),
                text=text,
                decided_on=decided_on,
                decided_by=list(dict.fromkeys(decided_by or [])),
                noted_by=actor,
            )
            decision.origin = origin
            decision.save(force_insert=True)
            _require_same_channel(actor, origin, channel_id)
            made.note(emit, actor=actor, origin=origin, made=(KIND, id), workspace_id=channel.workspace_id)
            _tell(emit, decision)
    except IntegrityError:  # sent twice at once
        first = _existing(actor, channel_id, id)
        if first is None:
            raise
        return first
    return decision


def change_decision(
    *, actor: User, decision_id: UUID, changes: Mapping[str, Any], expected: int | None = None
) -> Decision:
    """Correct, replace, cancel or take up again. What it said before is kept, with who changed it and when."""
    known = queries.decision_for(actor, decision_id)
    policies.require_decision(actor, known)
    with unit_of_work() as emit:
        Channel.objects.select_for_update().get(id=known.channel_id)  # so that two cannot replace each other
        decision = database.locked(Decision.objects.filter(id=decision_id), *WHOLE)
        policies.require_decision(actor, decision)
        if expected is not None and expected != decision.version:
            current = queries.decision_out(decision)
            raise PreconditionFailed(errors={"current": current.model_dump(mode="json")})
        wanted = _wanted(decision, changes)
        _require(
            decision.channel_id,
            text=wanted["text"],
            decided_on=wanted["decided_on"],
            decided_by=[id for id in wanted["decided_by"] if id not in decision.decided_by],
        )
        before = {name: getattr(decision, name) for name in FIELDS if getattr(decision, name) != wanted[name]}
        if not before:
            return decision
        DecisionRevision.objects.create(
            decision=decision, version=decision.version, changed_by=actor, before=_kept(before)
        )
        for name, value in wanted.items():
            setattr(decision, name, value)
        decision.touch()
        decision.save()
        decision = Decision.objects.select_related(*WHOLE).get(id=decision_id)
        _tell(emit, decision)
    return decision


def _wanted(decision: Decision, changes: Mapping[str, Any]) -> dict[str, Any]:
    """All the fields as they shall be."""
    wanted = {name: getattr(decision, name) for name in FIELDS}
    wanted |= {name: value for name, value in changes.items() if name in FIELDS and value is not None}
    replacing = changes.get("replaced_by")
    if replacing is not None:
        wanted["status"], wanted["replaced_by_id"] = Standing.REPLACED.value, replacing
        _require_replacement(decision, replacing)
    elif wanted["status"] != Standing.REPLACED:
        wanted["replaced_by_id"] = None
    elif wanted["replaced_by_id"] is None:
        raise Invalid("replaced_by_what", errors={"replaced_by": "replaced_by_what"})
    wanted["decided_by"] = list(dict.fromkeys(wanted["decided_by"]))
    return wanted


def _require_replacement(decision: Decision, id: UUID) -> None:
    """Another one of the same channel, which this one does not replace itself."""
    passed = {decision.id}
    at = Decision.objects.filter(id=id, channel_id=decision.channel_id).first()
    if at is None:
        raise Invalid("decision_not_found", errors={"replaced_by": "decision_not_found"})
    while at is not None:
        if at.id in passed:
            raise Invalid("replaced_in_a_circle", errors={"replaced_by": "replaced_in_a_circle"})
        passed.add(at.id)
        at = at.replaced_by


def _require(channel_id: UUID, *, text: str, decided_on: date, decided_by: list[UUID]) -> None:
    if not text.strip():
        raise Invalid("decision_empty", errors={"text": "required"})
    if not EARLIEST <= decided_on <= now().date() + timedelta(days=1):
        raise Invalid("decided_when", errors={"decided_on": "decided_when"})
    if len(policies.readers_among(channel_id, decided_by)) != len(set(decided_by)):
        raise Invalid("person_not_found", errors={"decided_by": "person_not_found"})


def _require_same_channel(actor: User, origin: Thing | None, channel_id: UUID) -> None:
    """Who reads the decision reads where it comes from, as far as they could anyway."""
    if origin is None or origin[0] != "chat.message":
        return
    if not Channel.objects.filter(id=channel_id, messages__id=origin[1]).exists():
        raise Invalid("origin_not_found", errors={"origin": "origin_not_found"})


def _tell(emit: Emit, decision: Decision) -> None:
    """To all who listen, unless somebody here came after it and may not read it."""
    channel = decision.channel
    later = Entrance.objects.filter(channel=channel, seq__gte=decision.seq)
    if channel.history == History.JOINED and later.exists():
        touched = DecisionTouched(
            id=decision.id, workspace_id=channel.workspace_id, channel_id=channel.id, version=decision.version
        )
        emit.changed(DECISION_TOUCHED, scope=channel.id, data=touched)
    else:
        emit.changed(DECISION, scope=channel.id, data=queries.decision_out(decision))


def _existing(actor: User, channel_id: UUID, id: UUID) -> Decision | None:
    found = Decision.objects.select_related(*WHOLE).filter(id=id).first()
    if found is not None and (found.channel_id != channel_id or found.noted_by_id != actor.id):
        raise Conflict("identifier_in_use")
    return found


def _kept(before: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in before.items():
        if isinstance(value, list):
            kept[name] = [str(each) for each in value]
        else:
            kept[name.removesuffix("_id")] = value if isinstance(value, str) or value is None else str(value)
    return kept


def export_decisions(
    *, actor: User, workspace_id: UUID, wanted: queries.DecisionFilter, form: Literal["csv", "odt"]
) -> tuple[str, bytes]:
    """The file's name and its bytes. Taking a register away is written in the journal."""
    workspace = access.membership_of(actor, workspace_id).workspace
    decisions, names = queries.all_decisions_for(actor, workspace_id, wanted)
    place = f"{base_url()}/w/{workspace.slug}/discussions"
    at = now()
    register = registers.Register(
        workspace=workspace.name,
        decisions=decisions,
        names=names,
        filter=_asked(actor, wanted, names),
        by=actor.name,
        at=at,
        language=actor.language,
        zone=actor.time_zone,
        address=lambda one: f"{place}/{one.channel_id}?message={one.origin.id}" if one.origin else "",
    )
    content = registers.table(register) if form == "csv" else registers.document(register)
    audit.record(
        actor=actor,
        action="decisions.exported",
        object_kind="workspace",
        object_id=workspace.id,
        workspace_id=workspace.id,
        details={"form": form, "count": len(decisions)},
    )
    day = at.astimezone(ZoneInfo(actor.time_zone)).date().isoformat()
    return f"{register.word('title')} - {workspace.name} - {day}.{form}", content


def _asked(actor: User, wanted: queries.DecisionFilter, names: Mapping[UUID, str]) -> list[tuple[str, str | date]]:
    """What was asked for, as the register tells it; of people and conversations only the names that are known."""
    asked: list[tuple[str, str | date]] = []
    if wanted.words.strip():
        asked.append(("words", clean_line(wanted.words)[:200]))
    if wanted.channel_id:
        asked.append(("in", names.get(wanted.channel_id, "?")))
    if wanted.person_id:
        person = access.acquaintances(actor).filter(id=wanted.person_id).first()
        asked.append(("person", person.name if person else "?"))
    if wanted.since:
        asked.append(("since", wanted.since))
    if wanted.until:
        asked.append(("until", wanted.until))
    if wanted.status:
        asked.append((f"is_{wanted.status}", ""))
    return asked
