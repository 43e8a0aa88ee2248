"""Following threads: those who take part do, until they leave; each has their own count of what is new."""

from collections.abc import Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.chat import queries
from plano.chat.live import THREAD
from plano.chat.models import Follow, Message
from plano.chat.schemas import ThreadOut
from plano.kernel.errors import Invalid
from plano.platform.live import Emit, unit_of_work


def follow(*, actor: User, root_id: UUID) -> ThreadOut:
    """From now on its answers are told to me. Followed already: nothing changes."""
    return _set(actor, root_id, following=True)


def leave(*, actor: User, root_id: UUID) -> ThreadOut:
    """I hear of it no more, until I answer there again."""
    return _set(actor, root_id, following=False)


def read_thread(*, actor: User, root_id: UUID, seq: int) -> None:
    """Read up to `seq` on all devices; never back."""
    with unit_of_work() as emit:
        place = Follow.objects.select_for_update(of=("self",)).filter(user=actor, root_id=root_id, seq__lt=seq).first()
        if place is None:
            return
        newest = Message.objects.filter(thread_id=root_id).order_by("-seq").values_list("seq", flat=True).first()
        seq = min(seq, newest or 0)
        if seq > place.seq:
            _keep(emit, actor, place, seq=seq)


def take_part(emit: Emit, *, actor: User, root: Message, reply: Message, named: Iterable[User]) -> None:
    """An answer makes its author, the author of the first message and those named follow; who left stays out."""
    for person in {person.id: person for person in (root.author, *named)}.values():
        if person.id != actor.id:
            place, fresh = Follow.objects.get_or_create(
                user=person, root=root, defaults={"channel_id": root.channel_id, "seq": reply.seq - 1}
            )
            if fresh:
                emit.changed(THREAD, scope=person.id, data=_place(root, place, unread=1, last=reply.seq))
    own, fresh = Follow.objects.get_or_create(
        user=actor, root=root, defaults={"channel_id": root.channel_id, "seq": reply.seq}
    )
    if not fresh:
        own.following, own.seq = True, reply.seq
        own.version += 1
        own.save(update_fields=["following", "seq", "version"])
    emit.changed(THREAD, scope=actor.id, data=_place(root, own, unread=0, last=reply.seq))


def _set(actor: User, root_id: UUID, *, following: bool) -> ThreadOut:
    root = queries.message_for(actor, root_id)
    if root.thread_id is not None or root.system is not None:
        raise Invalid("thread_not_found", errors={"thread_id": "thread_not_found"})
    with unit_of_work() as emit:
        newest = Message.objects.filter(thread=root).order_by("-seq").values_list("seq", flat=True).first()
        place, fresh = Follow.objects.select_for_update(of=("self",)).get_or_create(
            user=actor,
            root=root,
            defaults={"channel_id": root.channel_id, "following": following, "seq": newest or 0},
        )
        if fresh or place.following != following:
            place.following = following
            return _keep(emit, actor, place)
    return queries.thread_for(actor, root_id)


def _keep(emit: Emit, actor: User, place: Follow, *, seq: int | None = None) -> ThreadOut:
    place.seq = place.seq if seq is None else seq
    place.version += 1
    place.save(update_fields=["following", "seq", "version"])
    out = queries.thread_for(actor, place.root_id)
    emit.changed(THREAD, scope=actor.id, data=out)
    return out


def _place(root: Message, place: Follow, *, unread: int, last: int) -> ThreadOut:
    return ThreadOut.at(
        root, following=place.following, seq=place.seq, unread=unread, last_seq=last, version=place.version
    )
