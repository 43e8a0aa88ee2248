"""Browsers that are told when nobody looks at the page."""

from django.db import models

from plano.kernel.models import Model


class PushDevice(Model):
    """A browser that listens to a push service, as long as its session lives: signed out, it is told nothing more.

    `endpoint` is the address that the browser's maker gave it; the keys seal what only this browser opens.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="push_devices")
    session = models.OneToOneField("accounts.Session", on_delete=models.CASCADE, related_name="push_device")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    """Tries in a row that its service did not take."""
    paused_until = models.DateTimeField(null=True)
    """Its service asked us to wait until then."""
