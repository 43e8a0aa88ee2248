"""Which documents have previews, and of which kinds. Types come from content (`types`), never from a claim."""

from plano.documents.models import PreviewKind
from plano.documents.types import ODF, OOXML

PICTURES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/heic": ".heic",
    "image/avif": ".avif",
}
OFFICE = {
    ODF + "text": ".odt",
    ODF + "spreadsheet": ".ods",
    ODF + "presentation": ".odp",
    OOXML + "wordprocessingml.document": ".docx",
    OOXML + "spreadsheetml.sheet": ".xlsx",
    OOXML + "presentationml.presentation": ".pptx",
    "application/vnd.ms-word.document.macroenabled.12": ".docm",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12": ".pptm",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/rtf": ".rtf",
}
FILMS = {"video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov"}
PDF = {"application/pdf": ".pdf"}
SOURCES = PICTURES | OFFICE | FILMS | PDF

SMALL, LARGE = 320, 2048
MIB = 1 << 20


def kinds_of(media_type: str) -> tuple[PreviewKind, ...]:
    """What is derived from such a content."""
    if media_type in PICTURES or media_type in FILMS:
        return (PreviewKind.THUMBNAIL, PreviewKind.IMAGE)
    if media_type in OFFICE:
        return (PreviewKind.THUMBNAIL, PreviewKind.PDF)
    if media_type in PDF:
        return (PreviewKind.THUMBNAIL,)
    return ()


def largest_of(media_type: str) -> int:
    """More bytes than this are not even looked at."""
    return 500 * MIB if media_type in FILMS or media_type in PDF else 100 * MIB


def form_of(media_type: str) -> str | None:
    """How the words of such a content are read for search; None: it has none that we can read."""
    if media_type in PDF:
        return "pdf"
    if media_type.startswith(ODF):
        return "odf"
    if media_type in OOXML_FORMS:
        return OOXML_FORMS[media_type]
    if media_type in ("text/html", "application/xhtml+xml"):
        return "html"
    return "text" if media_type.startswith(READABLE) else None


OOXML_FORMS = {
    OOXML + "wordprocessingml.document": "docx",
    OOXML + "spreadsheetml.sheet": "xlsx",
    OOXML + "presentationml.presentation": "pptx",
    "application/vnd.ms-word.document.macroenabled.12": "docx",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsx",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12": "pptx",
}
READABLE = ("text/", "application/json", "application/xml", "application/x-yaml")
MAX_READ = 200 * MIB
