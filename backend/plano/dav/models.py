"""What programs keep beside files and folders without telling us what it means."""

from django.db import models

from plano.kernel.models import Model


class Property(Model):
    """A dead property (RFC 4918, 4): a name with its namespace, and the XML element as it was given."""

    node = models.ForeignKey("documents.Node", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=600)
    xml = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["node", "name"], name="dav_property_once"),)
