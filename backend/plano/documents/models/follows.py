"""Who wants to be told of what happens to a document, or inside a folder."""

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Model


class Follow(Model):
    """Personal. It stays while its person does not see the node, and says nothing meanwhile (R-06)."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "node"], name="documents_follow_once"),)
