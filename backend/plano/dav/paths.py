"""Addresses of the file face: names in, names out, and nothing that could climb (R-52)."""

import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from django.conf import settings

from plano.documents import names
from plano.kernel.errors import DomainError, Forbidden, Invalid
from plano.kernel.text import nfc

FILES = "/dav/files"
_BROKEN = re.compile(rb"%(?![0-9a-fA-F]{2})")
_RESERVED = re.compile(r"[^A-Za-z0-9_.~-]")
_DEPTH = 70


class Elsewhere(DomainError):
    """502: RFC 4918 names it for a destination that this server does not serve."""

    status = 502
    default_code = "destination_elsewhere"


def raw_path(scope: MutableMapping[str, Any]) -> bytes:
    """The path as it stood in the request line: decoded once, by us (R-52)."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    return raw.partition(b"?")[0]


def segments_of(raw: bytes) -> list[str]:
    """The names of a path as it stood in the request line, each decoded exactly once."""
    if _BROKEN.search(raw):
        raise Invalid("invalid_path")
    found = [_name(part) for part in raw.split(b"/") if part]
    if len(found) > _DEPTH:
        raise Invalid("invalid_path")
    return found


def _name(part: bytes) -> str:
    try:
        name = unquote_to_bytes(part).decode()
    except UnicodeDecodeError:  # overlong forms and other encodings
        raise Invalid("invalid_path") from None
    if name in (".", "..") or any(c in name for c in "/\\\0"):
        raise Invalid("invalid_path")
    return nfc(name)


def below_files(segments: list[str]) -> list[str]:
    """What follows `/dav/files`."""
    return segments[2:]


def destination(header: str, *, host: str) -> list[str]:
    """The path named by `Destination`: on this server, below `/dav/files`, else 502 (R-52)."""
    parts = urlsplit(header.strip())
    if parts.scheme or parts.netloc:
        known = {urlsplit(settings.BASE_URL).netloc.lower(), *(urlsplit(o).netloc.lower() for o in settings.ORIGINS)}
        if parts.scheme not in ("http", "https") or parts.netloc.lower() not in known | {host.lower()}:
            raise Elsewhere
    raw = header.strip()[header.strip().find("/", len(parts.scheme) + 3) :] if parts.scheme else header.strip()
    if not raw.startswith("/"):
        raise Invalid("invalid_path")
    segments = segments_of(_ascii(raw))
    if segments[:2] != ["dav", "files"]:
        raise Elsewhere
    return segments


def _ascii(raw: str) -> bytes:
    """Some programs send the header without percent-encoding: UTF-8 read as Latin-1 by the server."""
    return raw.encode("latin1")


def new_name(name: str) -> str:
    """A name that is kept exactly as the program sent it, Unicode's form aside.

    What the library would change (control marks, spaces at the ends) is refused here: a program that finds another
    name than it wrote sends the file again and deletes what it does not know.
    """
    cleaned = names.clean(name)
    if cleaned != nfc(name):
        raise Forbidden("name_not_kept")
    return cleaned


def href(segments: list[str], *, folder: bool) -> str:
    """The address of something, percent-encoded; folders end with a slash."""
    path = "/" + "/".join(map(quoted, segments))
    return path + "/" if folder and segments else path


def quoted(name: str) -> str:
    """One name of a path, percent-encoded. Names without accents take a way that costs a quarter."""
    return _RESERVED.sub(_percent, name) if name.isascii() else quote(name, safe="")


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
