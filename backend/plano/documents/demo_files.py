"""Real files for the demonstration, made by code: odt, docx, xlsx, pdf, png, md."""

import io
from collections.abc import Sequence

from docx import Document
from fpdf import FPDF
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TextProperties
from odf.text import H, P
from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image, ImageDraw

Sections = Sequence[tuple[str, Sequence[str]]]
BLUE = (31, 75, 184)


def odt(title: str, sections: Sections) -> bytes:
    """An OpenDocument text."""
    document = OpenDocumentText()
    for name, size in (("Titre", "20pt"), ("Partie", "14pt")):
        style = Style(name=name, family="paragraph")
        style.addElement(TextProperties(fontsize=size, fontweight="bold"))
        style.addElement(ParagraphProperties(marginbottom="0.3cm", margintop="0.4cm"))
        document.styles.addElement(style)
    document.text.addElement(H(outlinelevel=1, stylename="Titre", text=title))
    for heading, paragraphs in sections:
        document.text.addElement(H(outlinelevel=2, stylename="Partie", text=heading))
        for paragraph in paragraphs:
            document.text.addElement(P(text=paragraph))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx(title: str, sections: Sections) -> bytes:
    """A Word document."""
    document = Document()
    document.add_heading(title, level=0)
    for heading, paragraphs in sections:
        document.add_heading(heading, level=1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(sheet: str, rows: Sequence[Sequence[str | int | float]], *, total: bool = False) -> bytes:
    """A workbook with one sheet; the first row is its heading, `total` adds sums under the numbers."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet[:31]
    for row in rows:
        page.append(list(row))
    for cell in page[1]:
        cell.font = Font(bold=True)
    for column in "ABCDEFG"[: len(rows[0])]:
        page.column_dimensions[column].width = 24
    if total:
        last = len(rows)
        page.append(["Total", *(f"=SUM({c}2:{c}{last})" for c in "BCDEFG"[: len(rows[0]) - 1])])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(title: str, sections: Sections) -> bytes:
    """A PDF of one or two pages."""
    page = FPDF(format="A4")
    page.set_title(title)
    page.set_margin(22)
    page.add_page()
    page.set_text_color(*BLUE)
    page.set_font("Helvetica", "B", 20)
    page.multi_cell(0, 10, _latin(title), new_x="LMARGIN", new_y="NEXT")
    for heading, paragraphs in sections:
        page.ln(4)
        page.set_text_color(20, 26, 40)
        page.set_font("Helvetica", "B", 13)
        page.multi_cell(0, 8, _latin(heading), new_x="LMARGIN", new_y="NEXT")
        page.set_font("Helvetica", "", 11)
        for paragraph in paragraphs:
            page.multi_cell(0, 6, _latin(paragraph), new_x="LMARGIN", new_y="NEXT")
            page.ln(1)
    return bytes(page.output())


def png(rooms: Sequence[tuple[str, tuple[int, int, int, int]]]) -> bytes:
    """The plan of a floor: fine blue lines on white."""
    picture = Image.new("RGB", (1200, 760), "white")
    draw = ImageDraw.Draw(picture)
    for x in range(0, 1200, 40):
        draw.line([(x, 0), (x, 760)], fill=(240, 243, 250))
    for y in range(0, 760, 40):
        draw.line([(0, y), (1200, y)], fill=(240, 243, 250))
    for name, box in rooms:
        draw.rectangle(box, outline=BLUE, width=3)
        draw.text((box[0] + 14, box[1] + 12), name, fill=(20, 26, 40), font_size=22)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def md(title: str, sections: Sections) -> bytes:
    """Markdown."""
    parts = [f"# {title}\n"]
    for heading, paragraphs in sections:
        parts.append(f"\n## {heading}\n")
        parts += [f"\n{paragraph}\n" for paragraph in paragraphs]
    return "".join(parts).encode()


def _latin(text: str) -> str:
    """The built-in fonts of PDF know Latin-1 only."""
    plain = text.replace("’", "'").replace("\u202f", "\xa0").replace("…", "...").replace("–", "-").replace("œ", "oe")
    return plain.encode("latin-1", "ignore").decode("latin-1")
