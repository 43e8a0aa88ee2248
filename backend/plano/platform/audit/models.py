"""The journal and its chain. Both tables refuse UPDATE and DELETE by trigger; only the yearly purge may delete.

Entries are written inside the transaction of the act they tell of. Their place in the chain is given after the
commit, under a lock that no act waits for: that is why the link is a row of its own and the entry never changes.
"""

from django.db import models

from plano.kernel.clock import now
from plano.kernel.ids import uuid7


class Entry(models.Model):
    """Who did what, to which object, when, from where, with which result. Never content, never a secret."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=now)
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    workspace_id = models.UUIDField(null=True)
    result = models.CharField(max_length=60, default="ok")
    network = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["workspace_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
            models.Index(fields=["at"]),
        ]


class Pending(models.Model):
    """An entry that waits for its place in the chain."""

    entry_id = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "audit_pending"


class Link(models.Model):
    """The place of an entry in the chain: its number, the hash before it, and the hash of both with the entry."""

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_link"


class Head(models.Model):
    """The first number kept and the last one given, so that a shortened journal is noticed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    first_seq = models.BigIntegerField(default=1)
    last_seq = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    base_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "audit_head"
