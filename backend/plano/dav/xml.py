"""XML from strangers: no document type, no entity, at most 1 MiB and 100 levels (R-53)."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from plano.kernel.errors import Invalid, TooLarge

MAX_BYTES = 1 << 20
MAX_DEPTH = 100
_STEP = 1 << 12


def parse(body: bytes) -> Element:
    """The root of a document, built while it is read: what is too deep is never built."""
    if len(body) > MAX_BYTES:
        raise TooLarge("too_large")
    builder = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Invalid("invalid_xml")
        builder.start(_tag(name), {_tag(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_tag(name))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        for at in range(0, len(body), _STEP):
            parser.Parse(body[at : at + _STEP], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Invalid("invalid_xml") from None
    root: Element = builder.close()
    return root


def _refuse(*_: object) -> None:
    raise Invalid("invalid_xml")


def _tag(name: str) -> str:
    return "{" + name if "}" in name else name
