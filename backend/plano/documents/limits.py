"""How often one network may knock at share links, and how much of its address is kept."""

import ipaddress
import time
from collections import OrderedDict
from threading import Lock

from plano.kernel.errors import TooMany

PER_SECOND = 5.0
AT_ONCE = 120
MAX_NETWORKS = 10_000

_lock = Lock()
_buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()


def look(network: str) -> None:
    """One request of a network at the public pages of links: a bucket per process, refilled steadily (R-138)."""
    at = time.monotonic()
    with _lock:
        left, last = _buckets.pop(network, (float(AT_ONCE), at))
        left = min(float(AT_ONCE), left + (at - last) * PER_SECOND) - 1
        _buckets[network] = (max(left, 0.0), at)
        while len(_buckets) > MAX_NETWORKS:
            _buckets.popitem(last=False)
    if left < 0:
        raise TooMany(retry_after=2)


def forget() -> None:
    """Start again from nothing, for tests."""
    with _lock:
        _buckets.clear()


def shortened(address: str) -> str:
    """An address without what names one person's line: 24 bits of IPv4, 48 of IPv6 (R-145)."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))
