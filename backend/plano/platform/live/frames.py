"""Reading the log, and the bytes of a frame on the socket."""

import struct

# LATERAL with a LIMIT keeps this an index range per scope; a plain join becomes a scan of the whole log as it grows.
FRAMES = """
SELECT w.scope_id::text, f.* FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[]) AS w (scope_id, past, upto)
CROSS JOIN LATERAL (
    SELECT seq, kind, op, payload FROM live_frame
    WHERE scope_id = w.scope_id AND seq > w.past AND seq <= w.upto ORDER BY seq LIMIT 500
) f
"""
NUMBERS = "SELECT id::text, seq, trimmed_to FROM live_stream WHERE id = ANY(%s)"
BATCH = 500


def envelope(scope: str, seq: int, kind: str, op: str, payload: str) -> str:
    """A frame as contract.md words it. `payload` is JSON already."""
    return f'{{"type":"frame","scope":"{scope}","seq":{seq},"kind":"{kind}","op":"{op}","data":{payload}}}'


def websocket_text(text: str) -> bytes:
    """One unfragmented, unmasked text frame (RFC 6455, section 5.2)."""
    body = text.encode()
    size = len(body)
    if size < 126:
        return bytes((0x81, size)) + body
    if size < 65536:
        return struct.pack("!BBH", 0x81, 126, size) + body
    return struct.pack("!BBQ", 0x81, 127, size) + body
