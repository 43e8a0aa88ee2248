"""What is done to a node, in the security journal."""

from plano.accounts.models import User
from plano.documents.models import Node
from plano.platform import audit


def note(actor: User | None, action: str, node: Node, **details: str | int | bool) -> None:
    """Inside the unit of work of the act. Nobody for `actor`: a job or a rule did it."""
    audit.record(
        actor=actor,
        action=action,
        object_kind=node.kind,
        object_id=node.id,
        workspace_id=node.workspace_id,
        details=details,
    )
