"""What a person marked for themselves, and what they opened: nobody else ever sees these rows."""

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.clock import now
from plano.kernel.models import Model


class Favourite(Model):
    """A star. It goes with the node, and shows only while its person sees the node (R-06)."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "node"], name="documents_favourite_once"),)


class Opening(models.Model):
    """The last time that a person looked at a document or downloaded it. Forgotten after 90 days."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "node"], name="documents_opening_once"),)
        indexes = (models.Index(fields=["user", "-at"], name="documents_opened"),)
