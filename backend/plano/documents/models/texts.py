"""The words inside a document, for search. They are read again when lost, and go with their document."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Model


class Text(Model):
    """What search knows of the content `number` of a document; `reason`: why it knows nothing.

    Words of an older content are never shown: a search asks for the number of the present one.
    """

    node = models.OneToOneField(Node, on_delete=models.CASCADE, related_name="text")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=12, default="", blank=True)
    text = models.TextField(default="", blank=True)
    vector = SearchVectorField(null=True)

    class Meta:
        indexes = (GinIndex(fields=["vector"], name="documents_text_words"),)
