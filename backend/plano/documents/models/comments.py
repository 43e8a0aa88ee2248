"""What people say beside a document."""

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Versioned


class Comment(Versioned):
    """A remark on a node, or (`thread`) an answer to one. Its audience is the node's, wherever that goes.

    `number`: the version that its author had before them; null on a folder and on an empty document. A remark may
    point into it: a page, or the words it is about. Deleted with answers below: a trace without its words.
    """

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="comments", db_index=False)
    thread = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField(null=True)
    page = models.PositiveIntegerField(null=True)
    quote = models.CharField(max_length=200, default="", blank=True)
    text = models.TextField()
    mentions = models.JSONField(default=list)
    edited_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(thread=None) | models.Q(resolved_at=None, page=None, quote=""),
                name="documents_answer_is_plain",
            ),
        )
        indexes = (models.Index(fields=["node", "created_at", "id"], name="documents_comments"),)
