"""Personal marks: a star, a bell. Live on all the person's devices, seen by nobody else."""

from uuid import UUID

from plano.accounts.models import User
from plano.documents import queries
from plano.documents.live import MARK
from plano.documents.models import Favourite, Follow
from plano.documents.schemas.follows import NodeMarkOut
from plano.kernel.errors import Conflict
from plano.platform.live import unit_of_work

MAX_MARKS = 1000


def set_mark(*, actor: User, node_id: UUID, favourite: bool | None = None, followed: bool | None = None) -> None:
    """Put the star or the bell on, or take it off. Taking off asks for no right: it is the person's own."""
    if favourite or followed:
        queries.node_for(actor, node_id)
    with unit_of_work() as emit:
        User.objects.select_for_update(no_key=True).get(id=actor.id)  # one after the other: the limit holds
        changed = False
        if favourite is not None:
            changed |= _set(Favourite, actor, node_id, favourite)
        if followed is not None:
            changed |= _set(Follow, actor, node_id, followed)
        if changed:
            emit.changed(
                MARK,
                scope=actor.id,
                data=NodeMarkOut(
                    id=node_id,
                    favourite=Favourite.objects.filter(user=actor, node_id=node_id).exists(),
                    followed=Follow.objects.filter(user=actor, node_id=node_id).exists(),
                ),
            )


def _set(table: type[Favourite] | type[Follow], actor: User, node_id: UUID, on: bool) -> bool:
    if not on:
        return table.objects.filter(user=actor, node_id=node_id).delete()[0] > 0
    if table.objects.filter(user=actor, node_id=node_id).exists():
        return False
    if table.objects.filter(user=actor).count() >= MAX_MARKS:
        raise Conflict("too_many_marks", errors={"most": MAX_MARKS})
    table.objects.create(user=actor, node_id=node_id)
    return True
