"""Which hosts may be asked: the list of the configuration. Empty: none.

One entry of the list is `[http://]host[:port][=network]`:
- `hooks.exemple.gouv.fr`: this host, by https on port 443, at public addresses;
- `*.exemple.gouv.fr`: every host below that name;
- `forge.interne:8443=10.20.0.0/16`: this very host, also when its address lies in that network of ours;
- `10.20.0.7:8443`: an address, which names itself;
- `http://…`: without TLS, on port 80 unless it says another.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from plano.platform.outbound.addresses import Address, is_host_name, is_public

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PORTS = {"http": 80, "https": 443}
_ENTRY = re.compile(r"(?:(https?)://)?(\[[0-9a-f:.]+\]|\*?[0-9a-z._-]+)(?::(\d{1,5}))?(?:=([0-9a-f:./]+))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list."""

    scheme: str
    host: str
    port: int
    network: Network | None

    def names(self, scheme: str, host: str, port: int) -> bool:
        if (scheme, port) != (self.scheme, self.port):
            return False
        return host.endswith(self.host[1:]) if self.host.startswith("*.") else host == self.host


@dataclass(frozen=True, slots=True)
class AllowList:
    """The hosts that may be asked."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, lines: Iterable[str]) -> "AllowList":
        """Understand a list. Raises ValueError with the entry that is wrong."""
        return cls(tuple(_entry(line.strip()) for line in lines if line.strip()))

    def __bool__(self) -> bool:
        return bool(self.entries)

    def names(self, scheme: str, host: str, port: int) -> bool:
        """Whether this host may be asked at all."""
        return any(entry.names(scheme, host, port) for entry in self.entries)

    def reaches(self, scheme: str, host: str, port: int, address: Address) -> bool:
        """Whether it may be asked at this address."""
        return any(
            is_public(address) or (entry.network is not None and address in entry.network)
            for entry in self.entries
            if entry.names(scheme, host, port)
        )


def _entry(line: str) -> Entry:
    found = _ENTRY.fullmatch(line.lower())
    if found is None:
        raise ValueError(f"{line} is not a host such as hooks.exemple.gouv.fr or *.exemple.gouv.fr")
    scheme, host = found[1] or "https", found[2].strip("[]")
    port = int(found[3] or PORTS[scheme])
    if not 0 < port < 65536:
        raise ValueError(f"{line} has no such port")
    try:
        network = ipaddress.ip_network(found[4]) if found[4] else None
    except ValueError:
        raise ValueError(f"{line} names no network such as 10.20.0.0/16") from None
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if not is_host_name(host.removeprefix("*.")):
            raise ValueError(f"{line} is not a host") from None
        if host.startswith("*") and (network is not None or host.count(".") < 2):
            raise ValueError(f"{line} names too much: below a name with a dot, and no network") from None
        return Entry(scheme, host, port, network)
    return Entry(scheme, str(literal), port, network or ipaddress.ip_network(literal))
