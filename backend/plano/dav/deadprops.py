"""Dead properties: kept as they came, within bounds (RFC 4918, 4.1)."""

from uuid import UUID

from plano.dav.models import Property
from plano.kernel.errors import TooLarge

MOST, LONGEST_NAME, LONGEST = 100, 600, 1 << 15


def write(node_id: UUID, name: str, text: str | None, *, dry_run: bool) -> None:
    """Set one, or remove it when there is no text. `dry_run` only says whether it could be."""
    if text is None:
        if not dry_run:
            Property.objects.filter(node_id=node_id, name=name).delete()
        return
    if len(name) > LONGEST_NAME or len(text) > LONGEST:
        raise TooLarge("too_large")
    if dry_run:
        if Property.objects.filter(node_id=node_id).exclude(name=name).count() >= MOST:
            raise TooLarge("too_large")
        return
    Property.objects.update_or_create(node_id=node_id, name=name, defaults={"xml": text.replace("\x00", "")})


def copy(made: dict[UUID, UUID]) -> None:
    """What was said of the originals holds for their copies; what the copies overwrote had its own."""
    found = list(Property.objects.filter(node_id__in=list(made)))
    Property.objects.filter(node_id__in=list(made.values())).delete()
    Property.objects.bulk_create(
        [Property(node_id=made[p.node_id], name=p.name, xml=p.xml) for p in found], batch_size=500
    )
