"""Channels and conversations: open, name, let people in and out, archive."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.actions.events import say_event
from plano.chat.actions.files import rename_folder
from plano.chat.live import CHANNEL
from plano.chat.models import Channel, ChannelKind, Draft, Entrance, Follow, History, Mark
from plano.chat.schemas import Verb
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from plano.kernel.ids import uuid7
from plano.platform import audit
from plano.platform.live import Emit, unit_of_work
from plano.platform.live.models import Stream
from plano.workspaces import actions as workspaces
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Membership, Role, Room, ScopeGrant, ScopeKind, Workspace

MOST_IN_GROUP = 15
GENERAL = {"fr": "Général", "en": "General"}


def found_general(actor: User, workspace: Workspace, emit: Emit) -> None:
    """The channel that each workspace is born with."""
    channel = _open(
        emit,
        actor=actor,
        workspace=workspace,
        id=uuid7(),
        kind=ChannelKind.CHANNEL,
        name=GENERAL[actor.language],
        topic="",
        open=True,
    )
    # The founder's sockets join the workspace in this same commit and may miss what was said there before.
    workspaces.emit_scopes(emit, to=actor.id, workspace_id=workspace.id, gained=[channel.id], lost=())


def open_channel(
    *,
    actor: User,
    workspace_id: UUID,
    id: UUID,
    name: str,
    topic: str = "",
    open: bool = True,
    members: Sequence[UUID] = (),
    announce: bool = False,
    history: str = History.ALL,
    kind: ChannelKind = ChannelKind.CHANNEL,
) -> Channel:
    """Open a channel: to the whole workspace, or to these members only. Sent again: the same channel."""
    place = access.require_member(actor, workspace_id, Role.MEMBER)
    if kind == ChannelKind.CHANNEL:
        access.require_room(place.workspace, Room.CHAT)
    existing = _existing(actor, workspace_id, id)
    if existing is not None:
        return existing
    people = _members(workspace_id, members)
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)  # two of the same name wait here
        existing = _existing(actor, workspace_id, id)
        if existing is not None:
            return existing
        if open and kind == ChannelKind.CHANNEL:
            _require_free_name(workspace, name)
        channel = _open(
            emit,
            actor=actor,
            workspace=workspace,
            id=id,
            kind=kind,
            name=name,
            topic=topic,
            open=open,
            announce=announce,
            history=History.ALL if open else history,
        )
        scope = AccessScope.objects.get(id=channel.id)
        if not open:
            _let_in(emit, channel, scope, actor, role=Role.MANAGER, by=actor)
        for person in people:
            if person.id != actor.id:
                _let_in(emit, channel, scope, person, role=Role.MEMBER, by=actor)
    return channel


def open_channel_in(*, emit: Emit, actor: User, scope: AccessScope, name: str, kind: ChannelKind) -> Channel:
    """Inside the caller's unit of work: the channel of a thing that has its own people already, a meeting."""
    channel = Channel.objects.create(
        id=scope.id, workspace_id=scope.workspace_id, kind=kind, name=name[:80], created_by=actor
    )
    emit.changed(CHANNEL, scope=channel.id, data=queries.channel_out(channel))
    return channel


def open_conversation(
    *, actor: User, workspace_id: UUID, id: UUID, user_id: UUID | None = None, user_ids: Sequence[UUID] = ()
) -> Channel:
    """The one conversation of these people of a workspace, two to fifteen, whoever asks first."""
    place = access.membership_of(actor, workspace_id)
    access.require_room(place.workspace, Room.CHAT)
    if place.workspace.archived_at is not None:
        raise Forbidden("workspace_archived")
    field = "user_ids" if user_ids else "user_id"
    wanted = {*user_ids, *([user_id] if user_id else [])}
    if not wanted - {actor.id} or user_id == actor.id:
        raise Invalid("conversation_with_oneself", errors={field: "conversation_with_oneself"})
    others = _members(workspace_id, list(wanted - {actor.id}), field=field)
    if len(others) >= MOST_IN_GROUP:
        raise Invalid("too_many_people", errors={field: "too_many_people"})
    pair = ":".join(sorted(str(person.id) for person in (actor, *others)))
    with unit_of_work() as emit:
        channel, fresh = _pair(place.workspace, actor, id, pair)
        scope = (
            workspaces.create_scope(
                emit=emit, id=channel.id, kind=ScopeKind.CONVERSATION, workspace=place.workspace, open=False
            )
            if fresh
            else AccessScope.objects.get(id=channel.id)
        )
        granted = set(ScopeGrant.objects.filter(scope=scope).values_list("user_id", flat=True))
        for person in (actor, *others):
            if person.id not in granted:  # new, or back after having left the workspace
                _let_in(emit, channel, scope, person, role=Role.MEMBER, by=actor)
        if fresh:
            emit.changed(CHANNEL, scope=channel.id, data=queries.channel_out(channel))
    return channel


def update_channel(
    *,
    actor: User,
    channel_id: UUID,
    name: str | None = None,
    topic: str | None = None,
    announce: bool | None = None,
    history: str | None = None,
) -> Channel:
    """Change what is given, field by field."""
    policies.require_manage(actor, queries.channel_for(actor, channel_id))
    with unit_of_work() as emit:
        channel = _locked(channel_id)
        if channel.archived_at is not None:
            raise Forbidden("channel_archived")
        if name is not None and name != channel.name:
            if AccessScope.objects.get(id=channel_id).open:
                _require_free_name(channel.workspace, name, but=channel.id)
            channel.name = name
            rename_folder(emit, actor=actor, channel=channel)
        if topic is not None:
            channel.topic = topic
        if announce is not None:
            channel.announce = announce
        if history is not None and history != channel.history:
            _set_history(emit, actor, channel, history)
        _keep(emit, channel)
    return channel


def archive_channel(*, actor: User, channel_id: UUID) -> Channel:
    """Read-only, out of the way, never lost."""
    return _set_archived(actor=actor, channel_id=channel_id, archived=True)


def reopen_channel(*, actor: User, channel_id: UUID) -> Channel:
    """Back to work."""
    return _set_archived(actor=actor, channel_id=channel_id, archived=False)


def let_in(*, actor: User, channel_id: UUID, user_id: UUID) -> None:
    """Let a member or a guest of the workspace into the channel; its past follows the rule of the channel."""
    channel = queries.channel_for(actor, channel_id)
    policies.require_manage(actor, channel)
    if channel.archived_at is not None:
        raise Forbidden("channel_archived")
    person = _members(channel.workspace_id, [user_id], field="user_id")[0]
    if access.role_in(person, channel.id) is not None:
        return
    with unit_of_work() as emit:
        scope = AccessScope.objects.select_for_update().get(id=channel.id)
        if channel.history == History.JOINED:
            since = Stream.reached(channel.id)
            Entrance.objects.update_or_create(channel=channel, user=person, defaults={"seq": since})
        _let_in(emit, channel, scope, person, role=Role.MEMBER, by=actor)
        say_event(emit, channel_id=channel.id, actor=actor, verb="added", people=[person])
        _audit(actor, "channel.member_added", channel, person)


def let_out(*, actor: User, channel_id: UUID, user_id: UUID) -> None:
    """Take back the entry given by name, or leave (one's own id). A private channel keeps a manager."""
    channel = queries.channel_for(actor, channel_id)
    if channel.kind != ChannelKind.CHANNEL:
        raise Forbidden("conversation_has_its_people")
    if user_id != actor.id:
        policies.require_manage(actor, channel)
    with unit_of_work() as emit:
        scope = AccessScope.objects.select_for_update().get(id=channel.id)
        grant = ScopeGrant.objects.filter(scope=scope, user_id=user_id).select_related("user").first()
        if grant is None:
            raise NotFound
        if not scope.open:
            _require_another_manager(grant)
        workspaces.revoke_scope(emit=emit, scope=scope, user=grant.user)
        if access.role_in(grant.user, channel.id) is None:
            Draft.objects.filter(user=grant.user, channel=channel).delete()
            Follow.objects.filter(user=grant.user, channel=channel).delete()
            own = user_id == actor.id
            people = [] if own else [grant.user]
            say_event(emit, channel_id=channel.id, actor=actor, verb="left" if own else "removed", people=people)
        _audit(actor, "channel.member_removed", channel, grant.user)


def leave_workspace(person: User, workspace: Workspace, emit: Emit) -> None:
    """Runs in the unit of work that takes somebody out: their marks and drafts go, what they said stays."""
    Mark.objects.filter(user=person, channel__workspace=workspace).delete()
    Draft.objects.filter(user=person, channel__workspace=workspace).delete()
    Follow.objects.filter(user=person, channel__workspace=workspace).delete()


def _open(
    emit: Emit,
    *,
    actor: User,
    workspace: Workspace,
    id: UUID,
    kind: ChannelKind,
    name: str,
    topic: str,
    open: bool,
    announce: bool = False,
    history: str = History.ALL,
) -> Channel:
    workspaces.create_scope(emit=emit, id=id, kind=ScopeKind.CHANNEL, workspace=workspace, open=open)
    channel = Channel.objects.create(
        id=id,
        workspace=workspace,
        kind=kind,
        name=name,
        topic=topic,
        announce=announce,
        history=history,
        created_by=actor,
    )
    out = queries.channel_out(channel)
    emit.changed(CHANNEL, scope=channel.id, data=out)
    if open:
        emit.changed(CHANNEL, scope=workspace.id, data=out)
    return channel


def _let_in(emit: Emit, channel: Channel, scope: AccessScope, person: User, *, role: Role, by: User) -> None:
    workspaces.grant_scope(emit=emit, scope=scope, user=person, role=role, granted_by=by)
    emit.changed(CHANNEL, scope=person.id, data=queries.channel_out(channel))


def _existing(actor: User, workspace_id: UUID, id: UUID) -> Channel | None:
    existing = Channel.objects.select_related("workspace").filter(id=id).first()
    if existing is None:
        if AccessScope.objects.filter(id=id).exists():
            raise Conflict("identifier_in_use")
        return None
    if existing.created_by_id != actor.id or existing.workspace_id != workspace_id:
        raise Conflict("identifier_in_use")
    return existing


def _pair(workspace: Workspace, actor: User, id: UUID, pair: str) -> tuple[Channel, bool]:
    known = Channel.objects.filter(workspace=workspace, pair=pair).first()
    if known is not None:
        return known, False
    if AccessScope.objects.filter(id=id).exists():
        raise Conflict("identifier_in_use")
    try:
        with transaction.atomic():
            channel = Channel.objects.create(
                id=id, workspace=workspace, kind=ChannelKind.CONVERSATION, name="", pair=pair, created_by=actor
            )
    except IntegrityError:  # both wrote first
        return Channel.objects.get(workspace=workspace, pair=pair), False
    return channel, True


def _members(workspace_id: UUID, ids: Sequence[UUID], *, field: str = "members") -> list[User]:
    wanted = set(ids)
    memberships = Membership.objects.filter(workspace_id=workspace_id, user_id__in=wanted, user__is_active=True)
    found = [membership.user for membership in memberships.select_related("user").order_by("user_id")]
    if len(found) != len(wanted):
        raise Invalid("not_a_member", errors={field: "not_a_member"})
    return found


def _require_free_name(workspace: Workspace, name: str, *, but: UUID | None = None) -> None:
    opened = AccessScope.objects.filter(workspace=workspace, open=True, kind=ScopeKind.CHANNEL).values("id")
    same = Channel.objects.filter(workspace=workspace, id__in=opened, name__iexact=name, archived_at=None)
    if (same if but is None else same.exclude(id=but)).exists():
        raise Conflict("channel_name_taken", errors={"name": "channel_name_taken"})


def _require_another_manager(grant: ScopeGrant) -> None:
    others = ScopeGrant.objects.filter(scope_id=grant.scope_id).exclude(id=grant.id)
    if grant.role >= Role.MANAGER and others.exists() and not others.filter(role__gte=Role.MANAGER).exists():
        raise Conflict("last_channel_manager")


def _locked(channel_id: UUID) -> Channel:
    return Channel.objects.select_for_update(of=("self",)).select_related("workspace").get(id=channel_id)


def _keep(emit: Emit, channel: Channel) -> None:
    channel.touch()
    channel.save()
    emit.changed(CHANNEL, scope=channel.id, data=queries.channel_out(channel))


def _set_history(emit: Emit, actor: User, channel: Channel, history: str) -> None:
    """What newcomers read. Opened: those who came meanwhile read it too; closed: those inside keep what they read."""
    if AccessScope.objects.get(id=channel.id).open:
        raise Invalid("history_of_open_channel", errors={"history": "history_of_open_channel"})
    channel.history = history
    if history == History.ALL:
        Entrance.objects.filter(channel=channel).delete()
    verb: Verb = "history_all" if history == History.ALL else "history_joined"
    say_event(emit, channel_id=channel.id, actor=actor, verb=verb)
    _audit(actor, f"channel.{verb}", channel)


def _set_archived(*, actor: User, channel_id: UUID, archived: bool) -> Channel:
    policies.require_manage(actor, queries.channel_for(actor, channel_id))
    with unit_of_work() as emit:
        channel = _locked(channel_id)
        if (channel.archived_at is not None) == archived:
            return channel
        if not archived and AccessScope.objects.get(id=channel_id).open:
            _require_free_name(channel.workspace, channel.name, but=channel.id)
        channel.archived_at = now() if archived else None
        _keep(emit, channel)
        _audit(actor, "channel.archived" if archived else "channel.reopened", channel)
    return channel


def _audit(actor: User, action: str, channel: Channel, person: User | None = None) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_kind="channel",
        object_id=channel.id,
        workspace_id=channel.workspace_id,
        details={"person": str(person.id)} if person else None,
    )
