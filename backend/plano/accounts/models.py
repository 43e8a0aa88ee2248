"""Who people are and what proves it. Secrets are stored as hashes only; no network address is kept here (R-145)."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.kernel.models import Model
from plano.kernel.text import folded

COLORS = 8


def random_color() -> int:
    """One of the eight identity tints, drawn once and kept."""
    return secrets.randbelow(COLORS) + 1


class Language(models.TextChoices):
    """The languages of the interface and of mails."""

    FRENCH = "fr"
    ENGLISH = "en"


class UserManager(BaseUserManager["User"]):
    """Finds by identifier whatever its case and Unicode form."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(identifier=folded(username or ""))


class User(AbstractBaseUser):
    """A person who can sign in. `identifier` and `email_key` are stored folded, so that unique means unique."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identifier = models.CharField(max_length=150, unique=True)
    email = models.CharField(max_length=254, null=True, blank=True)
    email_key = models.CharField(max_length=254, null=True, blank=True, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=Language, default=Language.FRENCH)
    time_zone = models.CharField(max_length=64, default="Europe/Paris")
    color = models.PositiveSmallIntegerField(default=random_color)
    avatar = models.CharField(max_length=64, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_admin = models.BooleanField(default=False)
    is_robot = models.BooleanField(default=False, db_default=False)
    """The name under which a program writes: no person, never active, it signs in nowhere."""
    version = models.PositiveIntegerField(default=1)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "identifier"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(color__gte=1, color__lte=COLORS), name="accounts_user_color_is_a_tint"
            ),
        ]

    def touch(self) -> None:
        """Count one more change. The caller saves."""
        self.version += 1
        self.updated_at = now()


class Picture(models.Model):
    """The re-encoded picture of a person: small, so that it lives and is saved with the account."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="picture")
    content = models.BinaryField()


class Session(Model):
    """One browser that is signed in. The key is in the cookie only; here is its SHA-256.

    `proved_at` is the last time that the password was given (R-30). How long a session lives follows from
    `created_at`, `last_seen_at` and the configuration, so that a stricter setting acts at once.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions", null=True)
    device = models.CharField(max_length=80, blank=True)
    last_seen_at = models.DateTimeField(default=now)
    proved_at = models.DateTimeField(null=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["last_seen_at"])]


class OneTimeLink(Model):
    """A link sent or printed once: a password reset, a new address, the first administrator. Deleted when used."""

    class Purpose(models.TextChoices):
        RESET = "reset"
        EMAIL = "email"
        SETUP = "setup"

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links", null=True)
    address = models.CharField(max_length=254, blank=True)
    expires_at = models.DateTimeField()


class ApplicationPassword(Model):
    """What a calendar or file program signs in with. It opens DAV only (R-51)."""

    class Reach(models.TextChoices):
        FILES = "files"
        CALENDARS = "calendars"
        BOTH = "both"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="application_passwords")
    name = models.CharField(max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True)
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.BOTH)
    can_write = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def is_valid(self, at: datetime) -> bool:
        """Not past its expiry."""
        return self.expires_at is None or at < self.expires_at


class AccessToken(Model):
    """What a program of one person uses the API with: within its scopes, until its end."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)

    def is_valid(self, at: datetime) -> bool:
        """Not past its end."""
        return at < self.expires_at


class Throttle(models.Model):
    """How often a secret was tried lately, per account, network or device (R-25). UNLOGGED: a crash forgives."""

    key = models.CharField(max_length=80, primary_key=True)
    failures = models.IntegerField(default=0)
    at = models.DateTimeField(default=now)
    blocked_until = models.DateTimeField(null=True)
