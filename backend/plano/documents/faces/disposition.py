"""`Content-Disposition` (RFC 6266, RFC 8187): the right name in every browser, and no way to add a header (R-71)."""

import unicodedata
from urllib.parse import quote


def disposition(name: str, *, inline: bool) -> str:
    """`attachment; filename="plan.odt"; filename*=UTF-8''pl%C3%A4n.odt`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(c if c.isprintable() and c not in '"\\%;/' else "_" for c in plain).strip() or "document"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
