"""Whether the bytes are what was uploaded (R-76, R-132)."""

import hashlib
from datetime import timedelta

from plano.documents.models import Preview, Upload, Version
from plano.kernel.clock import now
from plano.platform import blobs


def damaged(*, verify: bool = False) -> list[str]:
    """Versions whose bytes are absent, short, or (when asked) not those of their SHA-256."""
    found = []
    for blob, size, sha256 in Version.objects.values_list("blob", "size", "sha256").distinct().iterator():
        try:
            content = blobs.store().open(blob)
        except blobs.Missing:
            found.append(f"{blob}: absent")
            continue
        try:
            if content.size != size:
                found.append(f"{blob}: {content.size} bytes of {size}")
            elif verify:
                digest, offset = hashlib.sha256(), 0
                while chunk := content.read(offset, 1 << 20):
                    digest.update(chunk)
                    offset += len(chunk)
                if digest.hexdigest() != sha256:
                    found.append(f"{blob}: not the bytes that were uploaded")
        finally:
            content.close()
    return found


def orphans(older_than: timedelta) -> list[str]:
    """Bytes that no row speaks of, old enough not to be on their way."""
    known = set(Version.objects.values_list("blob", flat=True)) | set(Upload.objects.values_list("part", flat=True))
    known |= set(Preview.objects.values_list("blob", flat=True))
    return [name for name in blobs.store().kept_before(now() - older_than) if name not in known]
