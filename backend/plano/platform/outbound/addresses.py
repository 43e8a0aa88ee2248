"""What an address of another host is made of: one reading of it, and which numbers are the public Internet."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST = 2000
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PLAIN = re.compile(r"[!-\[\]^-~]+")  # printable ASCII without the backslash: no space, no control, no look-alike
_INTERNET_6 = ipaddress.ip_network("2000::/3")
_NOT_INTERNET = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # Teredo, ORCHID and other protocols' own
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """An address, read once: what is looked up, connected to, checked and asked for."""

    scheme: str
    host: str
    port: int
    path: str
    literal: Address | None


def read(url: str) -> Target:
    """The one reading of an address. Raises ValueError for whatever two programs could read in two ways."""
    if len(url) > LONGEST or not _PLAIN.fullmatch(url):
        raise ValueError("not plain")
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not url[len(scheme) :].startswith("://"):
        raise ValueError("not http")
    if "@" in parts.netloc or "%" in parts.netloc or parts.hostname is None:
        raise ValueError("not a plain host")
    port = parts.port or (443 if scheme == "https" else 80)
    host = parts.hostname.lower()
    literal = _literal(host, bracketed=parts.netloc.startswith("["))
    path = parts.path or "/"
    return Target(scheme, str(literal or host), port, f"{path}?{parts.query}" if parts.query else path, literal)


def is_host_name(host: str) -> bool:
    """A name of the DNS, which no resolver takes for a number: the last label is none."""
    labels = host.split(".")
    return len(host) <= 253 and all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])


def is_public(address: Address) -> bool:
    """Whether it is a machine of the public Internet; what carries another address inside it is not."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if any(address in network for network in _NOT_INTERNET):
        return False
    return address.version == 4 or address in _INTERNET_6


def _literal(host: str, *, bracketed: bool) -> Address | None:
    if bracketed:
        return ipaddress.IPv6Address(host)
    if is_host_name(host):
        return None
    return ipaddress.IPv4Address(host)  # four decimal numbers: neither 127.1 nor 0x7f000001 nor 0177.0.0.1
