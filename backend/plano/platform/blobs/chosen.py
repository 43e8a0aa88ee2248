"""Which adapter this installation uses."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from plano.platform.blobs.base import Store
from plano.platform.blobs.files import FileStore

_chosen: Store | None = None


def store() -> Store:
    """The store that the configuration names; `file://` or the data folder."""
    global _chosen
    if _chosen is None:
        _chosen = FileStore(_folder())
    return _chosen


def use(other: Store | None) -> None:
    """Another store, for tests; None goes back to the configuration."""
    global _chosen
    _chosen = other


def _folder() -> Path:
    url = settings.PLANO.storage_url
    if url is None:
        return Path(settings.PLANO.data) / "files"
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise NotImplementedError(f"storage by {parts.scheme} comes with a later release")
    return Path(unquote(parts.path))
