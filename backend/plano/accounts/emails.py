"""Addresses of people. Intranet domains are addresses too, so no list of public suffixes decides."""

import re

from plano.kernel.text import nfc

_ADDRESS = re.compile(r"[^@\s,;:<>\"()\[\]\\\x00-\x1f\x7f]{1,64}@(?!-)[\w-]+(?:\.[\w-]+)*")


def plain_address(text: str) -> str:
    """One address without a name, in NFC. Raises ValueError for anything else (R-83)."""
    address = nfc(text).strip()
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise ValueError("not an address")
    return address
