"""What a content is: decided from its bytes, the name only refines it (R-70). Nothing is unpacked or parsed here."""

import codecs

from plano.documents.names import split

UNKNOWN = "application/octet-stream"
HEAD = 4096
ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."

_MAGIC: list[tuple[int, bytes, str]] = [
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
]
_IN_ZIP = {
    ".docx": OOXML + "wordprocessingml.document",
    ".xlsx": OOXML + "spreadsheetml.sheet",
    ".pptx": OOXML + "presentationml.presentation",
    ".docm": "application/vnd.ms-word.document.macroenabled.12",
    ".xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
    ".pptm": "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ".epub": "application/epub+zip",
}
_OLE = {".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint"}
_TEXT = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".mml": "application/mathml+xml",
    ".json": "application/json",
    ".js": "text/javascript",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".eml": "message/rfc822",
}
# Which container of the MP4 family it is: its first brand.
_FTYP = {
    b"qt  ": "video/quicktime",
    b"avif": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"mif1": "image/heic",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}
# Text in the encodings of older programs is believed by its extension.
_OLD_TEXT = (".txt", ".csv", ".md", ".log")
# What a browser shows or plays without running anything. Text goes as text/plain whatever it contains.
INLINE = {
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
    "image/gif": "image/gif",
    "image/webp": "image/webp",
    "application/pdf": "application/pdf",
    "video/mp4": "video/mp4",
    "video/webm": "video/webm",
    "video/ogg": "video/ogg",
    "video/quicktime": "video/mp4",
    "audio/mpeg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/ogg": "audio/ogg",
    "audio/flac": "audio/flac",
    "audio/wav": "audio/wav",
    "text/plain": "text/plain; charset=utf-8",
    "text/markdown": "text/plain; charset=utf-8",
    "text/csv": "text/plain; charset=utf-8",
}
# What could run if a browser took it for a page: its type is not told on the wire.
_ACTIVE = ("html", "xml", "svg", "javascript", "rfc822")


def sniff(head: bytes, name: str) -> str:
    """The media type of a content that begins with `head`."""
    extension = split(name)[1].lower()
    for offset, magic, found in _MAGIC:
        if head.startswith(magic, offset):
            return _OLE.get(extension, found) if found == "application/x-ole-storage" else found
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head, extension)
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], "video/mp4")
    if head.startswith(b"OggS"):
        return "video/ogg" if b"theora" in head[:128] else "audio/ogg"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if _is_text(head) or (extension in _OLD_TEXT and _is_old_text(head)):
        return _markup(head) or _TEXT.get(extension, "text/plain")
    return UNKNOWN


def wire_type(media_type: str) -> str:
    """The `Content-Type` of a download."""
    return UNKNOWN if any(word in media_type for word in _ACTIVE) or not media_type else media_type


def _zip(head: bytes, extension: str) -> str:
    if head[30:38] == b"mimetype":  # OpenDocument and EPUB say it first, uncompressed
        size = int.from_bytes(head[18:22], "little")
        said = head[38 : 38 + min(size, 100)].decode("ascii", "replace")
        if said.startswith(ODF) or said == "application/epub+zip":
            return said
    return _IN_ZIP.get(extension, "application/zip")


def _is_text(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end is no error
    except UnicodeDecodeError:
        return False
    return not any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)


def _is_old_text(head: bytes) -> bool:
    """Windows-1252 or UTF-16: what spreadsheets and notepads wrote for years."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return not any(byte < 9 or (13 < byte < 32 and byte != 27) or byte in undefined for byte in head)


def _markup(head: bytes) -> str | None:
    """A page under another name stays a page: never `text/plain` by its extension alone."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()[:1024]
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe")):
        return "text/html"
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return "image/svg+xml"
    if start.startswith(b"<?xml"):
        return "application/xml"
    return None
