"""Doors of a channel for programs: what comes in by one address, and what goes out to another service."""

from django.db import models

from plano.chat.models.channels import Channel
from plano.kernel.clock import now
from plano.kernel.models import Model, Versioned


class IncomingHook(Versioned):
    """An address by which a program writes in a channel, under the name of a robot of its own."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="incoming_hooks")
    robot = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)


class OutgoingHook(Versioned):
    """Another service that is told what is said in a channel, in the order of its numbers.

    `seq` is the number up to which it was told, `since` the one at which it began. The secret follows from the key of
    this installation, the id and `generation`; the one before holds until `overlap_until`. `leased_until`: a worker is
    at it.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="outgoing_hooks")
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    overlap_until = models.DateTimeField(null=True)
    since = models.BigIntegerField()
    seq = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(default=now)
    leased_until = models.DateTimeField(default=now)
    stopped_at = models.DateTimeField(null=True)
    gave_up = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["retry_at"], condition=models.Q(stopped_at__isnull=True), name="chat_outgoing_due"),
        )


class Delivery(Model):
    """One try to tell. The latest of each hook are kept."""

    hook = models.ForeignKey(OutgoingHook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    event = models.CharField(max_length=30)
    seq = models.BigIntegerField(null=True)
    attempt = models.PositiveIntegerField(default=1)
    status = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=30, blank=True, default="")
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["hook", "-created_at"], name="chat_delivery_latest"),)
