"""Whether the bytes are what was uploaded (R-76, R-132)."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db.models import Model

from plano.documents.models import Version
from plano.kernel.clock import now
from plano.platform import blobs
from plano.platform.blobs.copying import chunks

NIGHTS = 30
BYTES = ("blob", "part")
"""What a field is called that names bytes, in any feature: what such a field names is never swept away."""


@dataclass(frozen=True)
class Damage:
    """A content that is not what was uploaded, and the versions that it belongs to."""

    blob: str
    reason: str
    versions: tuple[str, ...]


def contents() -> int:
    """How many different contents there are."""
    return Version.objects.values("blob").distinct().count()


def examine(
    *, verify: bool = True, night: int | None = None, step: Callable[[], None] = lambda: None
) -> Iterator[Damage]:
    """Every content of every version. With `verify` each is read whole, and its SHA-256 compared; `night` takes the
    thirtieth part that falls to it."""
    rows = Version.objects.order_by("blob").values_list("blob", "size", "sha256").distinct()
    for blob, size, sha256 in rows.iterator():
        if night is not None and int(blob[:8], 16) % NIGHTS != night % NIGHTS:
            continue
        reason = _flaw(blob, size, sha256, verify=verify)
        versions = _named(blob) if reason else ()
        if versions:  # else it was purged while we read
            yield Damage(blob, reason, versions)
        step()


def damaged(*, verify: bool = False) -> list[str]:
    """Contents that are absent, short, or (when asked) not those of their SHA-256."""
    return [f"{found.blob}: {found.reason}" for found in examine(verify=verify)]


def _flaw(blob: str, size: int, sha256: str, *, verify: bool) -> str:
    try:
        content = blobs.store().open(blob)
        try:
            if content.size != size:
                return f"{content.size} bytes of {size}"
            if verify and _digest(content) != sha256:
                return "not the bytes that were uploaded"
        finally:
            content.close()
    except blobs.Missing:
        return "absent"
    except blobs.Damaged:
        return "not the bytes that were sealed"
    except blobs.KeyMissing as error:
        return f"sealed with the key {error.reason}, which is not here"
    except OSError as error:
        return f"not readable ({error.strerror or error})"
    return ""


def _digest(content: blobs.Content) -> str:
    digest = hashlib.sha256()
    for chunk in chunks(content):
        digest.update(chunk)
    return digest.hexdigest()


def _named(blob: str) -> tuple[str, ...]:
    found = Version.objects.filter(blob=blob).select_related("node", "node__workspace").order_by("node", "number")
    return tuple(f"{v.node.workspace.slug}: {v.node.name}, version {v.number}" for v in found[:20])


def orphans(older_than: timedelta) -> list[str]:
    """Bytes that no row speaks of, old enough not to be on their way."""
    known: set[str] = set()
    for model, field in _naming_bytes():
        known.update(model._default_manager.values_list(field, flat=True))
    return [name for name in blobs.store().kept_before(now() - older_than) if name not in known]


def _naming_bytes() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name in BYTES and model.__module__.startswith("plano."):
                yield model, field.name
