"""From talk to work: a message keeps what was made of it, the same for every viewer, by kind and id (E10)."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import queries
from plano.chat.actions.rows import keep, locked_message
from plano.chat.models import Message
from plano.kernel.errors import Conflict, Invalid, NotFound
from plano.platform.live import Emit
from plano.platform.references.made import Act, Thing

MESSAGE_KIND = "chat.message"
MOST_MADE = 20


def keep_made(emit: Emit, *, actor: User, id: UUID, made: Thing, workspace_id: UUID, act: Act) -> None:
    """In the unit of work of whoever makes the thing, after its own locks and before its frames."""
    if act == "new":
        _require_source(actor, id, workspace_id)
    message = locked_message(id) if act == "new" or Message.objects.filter(id=id).exists() else None
    entry = {"kind": made[0], "id": str(made[1])}
    if message is None or message.deleted_at is not None or (entry in message.made) != (act == "gone"):
        return
    if act == "gone":
        message.made = [other for other in message.made if other != entry]
    elif len(message.made) < MOST_MADE:
        message.made = [*message.made, entry]
    elif act == "new":
        raise Conflict("too_many_made")
    else:
        return
    keep(emit, message, "made")


def _require_source(actor: User, id: UUID, workspace_id: UUID) -> None:
    try:
        message = queries.message_for(actor, id)
    except NotFound as error:
        raise Invalid("origin_not_found", errors={"origin": "origin_not_found"}) from error
    if message.system is not None or message.deleted_at is not None:
        raise Invalid("origin_not_found", errors={"origin": "origin_not_found"})
    if message.channel.workspace_id != workspace_id:
        raise Invalid("origin_elsewhere", errors={"origin": "origin_elsewhere"})
