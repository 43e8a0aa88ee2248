"""What is said of a folder or document: a description and tags (C13). Two people who change two fields both win."""

from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions.activity import record_activity
from plano.documents.actions.locks import require_unlocked
from plano.documents.actions.tree import lock_tree, locked
from plano.documents.live import NODE
from plano.documents.models import Node, Verb
from plano.kernel.text import clean_line, clean_text
from plano.platform.live import unit_of_work
from plano.workspaces.models import Role


def describe_node(*, actor: User, node_id: UUID, description: str | None = None, tags: list[str] | None = None) -> Node:
    """Set what is given; None leaves as it is. Tags are lines without commas, each once, in the order of writing."""
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=False)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        before = (node.description, node.tags)
        if description is not None:
            node.description = clean_text(description).strip()
        if tags is not None:
            node.tags = _cleaned(tags)
        if (node.description, node.tags) == before:
            return node
        node.touch()
        node.save(update_fields=["description", "tags", "version", "updated_at"])
        record_activity(actor=actor, node=node, verb=Verb.DESCRIBED)
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node


def _cleaned(tags: list[str]) -> list[str]:
    kept = {tag.casefold(): tag for tag in reversed([clean_line(tag.replace(",", " ")) for tag in tags]) if tag}
    return list(reversed(kept.values()))
