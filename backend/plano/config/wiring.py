"""What the features do for each other without importing each other upward."""

from importlib import import_module

from plano.accounts import live as accounts_live
from plano.accounts import policies as accounts_policies
from plano.notifications import policies as notifications_policies
from plano.workspaces import policies as workspaces_policies
from plano.workspaces import queries as workspaces_queries


def wire() -> None:
    """Called once at start, after the models."""
    for feature in (
        "accounts",
        "workspaces",
        "notifications",
        "documents",
        "chat",
        "tasks",
        "meetings",
        "calendar",
    ):
        import_module(f"plano.{feature}.live")
    accounts_policies.register_acquaintance(
        lambda viewer, person: workspaces_policies.acquaintances(viewer).filter(id=person.id).exists()
    )
    accounts_live.register_audience(workspaces_policies.workspace_ids_of)
    notifications_policies.register_visible_scopes(workspaces_policies.visible_scope_ids)
    notifications_policies.register_workspaces(workspaces_policies.workspace_ids_of, workspaces_queries.names_of)
    from plano.config import hooks

    hooks.connect()
