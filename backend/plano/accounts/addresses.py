"""Where a request comes from: the socket's peer, or what exactly the declared number of proxies report (R-26)."""

import ipaddress
from functools import lru_cache


def client_address(*, peer: str, forwarded_for: str, proxies: int) -> str:
    """Each trusted proxy adds the peer it saw at the right end; what stands further left was written by strangers."""
    if proxies <= 0:
        return _clean(peer)
    chain = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    return _clean(chain[-proxies] if len(chain) >= proxies else peer)


def network_of(address: str) -> str:
    """What limits count: an IPv4 address, or an IPv6 network of 64 bits, because one person holds that many."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


@lru_cache(1000)
def _clean(address: str) -> str:
    """Without port, brackets or zone; empty when it is not an address (a Unix socket, a forgery)."""
    text = address.strip().split("%")[0]
    if text.startswith("["):
        text = text[1:].split("]")[0]
    elif text.count(":") == 1:
        text = text.split(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
