"""What was derived from a content to show it: a small picture, a PDF of an office file. Made again when lost."""

from django.db import models

from plano.documents.models.nodes import Version
from plano.kernel.models import Model


class PreviewKind(models.TextChoices):
    THUMBNAIL = "thumbnail"
    IMAGE = "image"
    PDF = "pdf"


class Preview(Model):
    """One thing derived from a version, or (`reason`) why there is none. It takes no quota and goes with its version.

    Versions of the same bytes share the bytes of their previews (`blob`).
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="previews")
    kind = models.CharField(max_length=10, choices=PreviewKind.choices)
    reason = models.CharField(max_length=12, default="", blank=True)
    blob = models.CharField(max_length=32, default="", blank=True, db_index=True)
    media_type = models.CharField(max_length=127, default="", blank=True)
    size = models.BigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "kind"], name="documents_preview_once"),)
