"""Who may do what in a channel. Seeing it is the scope's matter: `workspaces.policies`."""

from datetime import timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.chat.models import Channel, ChannelKind, ChatPolicy, Decision, Edits, Message, Pinners
from plano.chat.schemas import ChannelAbilities, MessageAbilities
from plano.chat.schemas.decisions import DecisionAbilities
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Room


def rules_of(workspace_id: UUID) -> ChatPolicy:
    """What the managers of a workspace decided; the defaults while nobody did."""
    return ChatPolicy.objects.filter(workspace_id=workspace_id).first() or ChatPolicy(workspace_id=workspace_id)


def require_rules(actor: User, workspace_id: UUID) -> None:
    """Its managers decide, while it is not archived."""
    membership = access.require_member(actor, workspace_id, Role.MANAGER)
    access.require_room(membership.workspace, Room.CHAT)


def require_channel(actor: User, channel: Channel | None, at_least: Role = Role.READER) -> Role:
    """The actor's role in the channel; absent, invisible and in a room that is switched off answer alike (R-03)."""
    if channel is None:
        raise NotFound
    role = access.require_role(actor, channel.id, min(at_least, Role.READER))
    if channel.kind != ChannelKind.MEETING and Room.CHAT not in channel.workspace.rooms:
        raise NotFound
    if role < at_least:
        raise Forbidden("workspace_archived" if channel.workspace.archived_at else "role_too_low")
    return role


def require_write(actor: User, channel: Channel) -> Role:
    """Members write, and guests who were let in as such; nobody writes in what is archived."""
    role = require_channel(actor, channel, Role.MEMBER)
    if channel.archived_at is not None:
        raise Forbidden("channel_archived")
    return role


def require_post(actor: User, channel: Channel, *, in_thread: bool = False) -> Role:
    """In a channel of announcements its managers begin, the others answer in threads."""
    role = require_write(actor, channel)
    if channel.announce and not in_thread and not can_manage(actor, channel, role):
        raise Forbidden("announcements_only")
    return role


def require_manage(actor: User, channel: Channel) -> None:
    """Name, topic, people and archive: its managers and who opened it."""
    role = require_channel(actor, channel)
    if not can_manage(actor, channel, role):
        raise Forbidden("workspace_archived" if channel.workspace.archived_at else "role_too_low")


def may_export(actor: User, channel: Channel) -> bool:
    """Whether this person may take a copy of what they read here."""
    try:
        require_export(actor, channel)
    except (Forbidden, NotFound):
        return False
    return True


def require_export(actor: User, channel: Channel) -> None:
    """Where the workspace allows it: the managers of a channel, the very people of a conversation."""
    role = require_channel(actor, channel, Role.MEMBER)
    if channel.kind == ChannelKind.MEETING or (channel.kind == ChannelKind.CHANNEL and role < Role.MANAGER):
        raise Forbidden("role_too_low")
    if not rules_of(channel.workspace_id).exports:
        raise Forbidden("exports_not_allowed")


def require_hooks(actor: User, channel: Channel) -> None:
    """Doors for programs: its managers, in channels that stand, while the workspace allows it."""
    require_manage(actor, channel)
    if channel.archived_at is not None:
        raise Forbidden("channel_archived")
    if not rules_of(channel.workspace_id).webhooks:
        raise Forbidden("webhooks_not_allowed")


def manages_hooks(actor: User, channel: Channel) -> bool:
    """The same as a question, whatever the workspace allows."""
    role = access.role_in(actor, channel.id)
    return role is not None and can_manage(actor, channel, role)


def can_manage(actor: User, channel: Channel, role: Role) -> bool:
    """A conversation has no settings; a meeting's channel follows its meeting."""
    if channel.kind != ChannelKind.CHANNEL:
        return False
    return role >= Role.MANAGER or (role >= Role.MEMBER and channel.created_by_id == actor.id)


def require_standing(message: Message) -> None:
    """Its words are still there."""
    if message.deleted_at is not None:
        raise Conflict("message_deleted")


def require_edit(actor: User, message: Message) -> None:
    """One's own words only, and only where one may still write."""
    require_write(actor, message.channel)
    _require_words(message)
    if message.poll is not None:
        raise Forbidden("poll_is_kept")
    if message.author_id != actor.id:
        raise Forbidden("not_the_author")
    _require_time(message)


def _require_time(message: Message) -> None:
    """What was said stands for good where its workspace wants it so."""
    rules = rules_of(message.channel.workspace_id)
    if rules.edits == Edits.NEVER:
        raise Forbidden("edits_are_off")
    if rules.edits == Edits.MINUTES and now() > message.created_at + timedelta(minutes=rules.edit_minutes):
        raise Forbidden("edit_time_is_over")


def require_revisions(message: Message) -> None:
    """What a message said before is shown where its workspace wants it so."""
    if not rules_of(message.channel.workspace_id).revisions:
        raise Forbidden("revisions_are_hidden")


def require_delete(actor: User, message: Message) -> None:
    """The author, or a manager of the channel."""
    role = require_write(actor, message.channel)
    _require_words(message)
    if message.author_id != actor.id and role < Role.MANAGER:
        raise Forbidden("not_the_author")


def require_close(actor: User, message: Message) -> None:
    """Who asked, or a manager of the channel."""
    role = require_write(actor, message.channel)
    if message.poll is None:
        raise NotFound
    if message.author_id != actor.id and role < Role.MANAGER:
        raise Forbidden("not_the_author")


def require_react(actor: User, message: Message) -> None:
    """Whoever may write in the channel, to words that still stand."""
    require_write(actor, message.channel)
    _require_words(message)
    require_standing(message)


def require_pin(actor: User, message: Message) -> None:
    """Whoever may write in the channel pins for everybody, and takes a pin away; of announcements, managers only.

    Where only managers pin, a conversation of a few still pins for itself.
    """
    role = require_post(actor, message.channel)
    if not _pins(actor, message.channel, role, rules_of(message.channel.workspace_id)):
        raise Forbidden("pins_are_for_managers")
    _require_words(message)
    require_standing(message)


def require_decision(actor: User, decision: Decision) -> None:
    """Who noted it, and managers; in a conversation, everybody who is in it."""
    role = require_write(actor, decision.channel)
    if decision.noted_by_id != actor.id and not _corrects(decision.channel, role):
        raise Forbidden("not_the_author")


def decision_abilities(actor: User, channel: Channel, role: Role) -> DecisionAbilities:
    """What the register offers in one channel."""
    writes = role >= Role.MEMBER and channel.archived_at is None
    notes = writes and (not channel.announce or can_manage(actor, channel, role))
    return DecisionAbilities(note=notes, own=writes, others=writes and _corrects(channel, role))


def _corrects(channel: Channel, role: Role) -> bool:
    return role >= Role.MANAGER or channel.kind == ChannelKind.CONVERSATION


def _pins(actor: User, channel: Channel, role: Role, rules: ChatPolicy) -> bool:
    everybody = rules.pins == Pinners.MEMBERS or channel.kind != ChannelKind.CHANNEL
    return everybody or can_manage(actor, channel, role)


def _require_words(message: Message) -> None:
    """A line that tells what happened is nobody's to change."""
    if message.system is not None:
        raise Forbidden("not_a_message")


def abilities(actor: User, channel: Channel, role: Role, *, open: bool, rules: ChatPolicy) -> ChannelAbilities:
    """All that the interface needs to know, so that it re-implements no rule."""
    writes = role >= Role.MEMBER and channel.archived_at is None
    manages = can_manage(actor, channel, role)
    posts = writes and (manages or not channel.announce)
    return ChannelAbilities(
        post=posts,
        reply=writes,
        react=writes,
        pin=posts and _pins(actor, channel, role, rules),
        edit=manages and channel.archived_at is None,
        archive=manages,
        manage_members=manages and channel.archived_at is None,
        leave=channel.kind == ChannelKind.CHANNEL and not open,
        edit_minutes=rules.edit_minutes if rules.edits == Edits.MINUTES else None,
        revisions=rules.revisions,
        own=MessageAbilities(edit=writes and rules.edits != Edits.NEVER, delete=writes),
        others=MessageAbilities(edit=False, delete=writes and role >= Role.MANAGER),
    )


def readers_among(channel_id: UUID, ids: list[UUID]) -> list[User]:
    """Those of these people who can read the channel."""
    return list(access.viewers_of_scope(channel_id).filter(id__in=ids)) if ids else []
