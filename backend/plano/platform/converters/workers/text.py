"""The words of a file, on a file: `text.py FILE FORM OUT [UID GID]`. FORM: pdf, odf, docx, xlsx, pptx, html or text.

`scan` makes pictures of the pages of a PDF that has no words, OUT-1.png and on, for whoever reads pictures.
"""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plano.platform.converters.workers import common
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common

MAX_TEXT = 1_000_000
MAX_PAGES = 2_000
MAX_MEMBERS = 2_000
SCANNED_PAGES, SCAN_SCALE, MAX_SIDE = 12, 2.5, 3_500
MEMBERS = {
    "odf": ("content.xml",),
    "docx": ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/header", "word/footer"),
    "xlsx": ("xl/sharedStrings.xml", "xl/worksheets/", "xl/comments"),
    "pptx": ("ppt/slides/slide", "ppt/notesSlides/"),
}
BREAKS = frozenset({"p", "h", "row", "table-row", "table-cell", "si", "tr", "c", "tab", "br", "cr", "line-break", "s"})


def of_pdf(source: str) -> Iterator[str]:
    document = _pdf(source)
    for index in range(min(len(document), MAX_PAGES)):
        page = document[index]
        words = page.get_textpage()
        yield words.get_text_range()
        words.close()
        page.close()


def of_archive(source: str, form: str) -> Iterator[str]:
    """The text of the XML members that matter. No DTD, no entity (R-53)."""
    import defusedxml.ElementTree as Xml

    with zipfile.ZipFile(source) as archive:
        if form == "odf" and b"encryption-data" in archive.read("META-INF/manifest.xml")[: 4 << 20]:
            raise common.Stop(common.PASSWORD)
        names = [name for name in archive.namelist() if name.startswith(MEMBERS[form]) and name.endswith(".xml")]
        for name in names[:MAX_MEMBERS]:
            with archive.open(name) as member:
                for _, element in Xml.iterparse(member, forbid_dtd=True):
                    tag = element.tag.rpartition("}")[2]
                    number = form == "xlsx" and tag == "v"  # an index into the strings, or a figure
                    yield "" if number else element.text or ""
                    yield " " if tag in BREAKS else ""
                    yield element.tail or ""
                    element.clear()


def of_text(source: str) -> Iterator[str]:
    raw = Path(source).read_bytes()[: 4 * MAX_TEXT]
    for encoding in ("utf-8-sig", "utf-16") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    yield raw.decode("cp1252", "replace")


def of_html(source: str) -> Iterator[str]:
    from html.parser import HTMLParser

    kept: list[str] = []

    class Words(HTMLParser):
        hidden = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.hidden += tag in ("script", "style")

        def handle_endtag(self, tag: str) -> None:
            self.hidden = max(0, self.hidden - (tag in ("script", "style")))

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                kept.append(data)

    Words().feed("".join(of_text(source)))
    yield " ".join(kept)


def scan(source: str, out: str) -> None:
    document = _pdf(source)
    for index in range(min(len(document), SCANNED_PAGES)):
        page = document[index]
        scale = min(SCAN_SCALE, MAX_SIDE / max(1.0, *page.get_size()))
        page.render(scale=scale, grayscale=True).to_pil().save(f"{out}-{index + 1}.png")
        page.close()


def _pdf(source: str):  # type: ignore[no-untyped-def]
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise common.Stop(common.PASSWORD if "password" in str(error).lower() else common.DAMAGED) from error


def main() -> None:
    import codecs
    from importlib import import_module

    from PIL import Image

    for library in ("html.parser", "xml.parsers.expat", "defusedxml.ElementTree", "pypdfium2"):
        import_module(library)  # while we may read them
    for encoding in ("cp437", "cp1252", "utf-8-sig", "utf-16", "utf-16-le"):
        codecs.lookup(encoding)
    Image.init()
    source, form, out = sys.argv[1:4]
    common.leave_user(sys.argv[4:])
    if form == "scan":
        scan(source, out)
        return
    pieces = of_pdf(source) if form == "pdf" else of_html(source) if form == "html" else of_text(source)
    if form in MEMBERS:
        pieces = of_archive(source, form)
    size = 0
    with open(out, "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
        for piece in pieces:
            file.write(piece.replace("\0", " "))
            size += len(piece)
            if size >= MAX_TEXT:
                break


if __name__ == "__main__":
    common.run(main)
