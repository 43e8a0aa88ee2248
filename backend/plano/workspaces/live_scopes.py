"""What a person's socket listens to: answered to the live layer."""

from uuid import UUID

from django.db import close_old_connections

from plano.accounts.models import User
from plano.platform.live.ports import Subscriptions
from plano.workspaces import policies
from plano.workspaces.models import Membership


def subscriptions_of(user_id: UUID) -> Subscriptions:
    """The person's own scope and all that they see; presence shows in each of their workspaces."""
    close_old_connections()
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is None:
        return Subscriptions(scopes=[], presence=[])
    places = list(Membership.objects.filter(user=user).values_list("workspace_id", flat=True))
    return Subscriptions(scopes=[user.id, *policies.visible_scope_ids(user)], presence=places)
