"""The register of decisions, taken away: a table for spreadsheets, a document with its heading and the filter used.

Nothing that people wrote is run by who opens it: cells that a spreadsheet would take for a formula are neutralised,
Markdown becomes plain words.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from odf.opendocument import OpenDocumentText
from odf.style import (
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TextProperties,
)
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import A, H, P

from plano.chat.plain import plain
from plano.chat.schemas.decisions import DecisionOut
from plano.kernel.text import harmless_cell

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Registre des décisions", "Register of decisions"),
    "number": ("Numéro", "Number"),
    "decided_on": ("Date", "Date"),
    "channel": ("Discussion", "Conversation"),
    "text": ("Décision", "Decision"),
    "decided_by": ("Décidée par", "Decided by"),
    "noted_by": ("Notée par", "Noted by"),
    "status": ("État", "State"),
    "link": ("Message", "Message"),
    "adopted": ("Adoptée", "Adopted"),
    "replaced": ("Remplacée par le n° {number}", "Replaced by no. {number}"),
    "cancelled": ("Annulée", "Cancelled"),
    "made": (
        "Établi par {name} le {at}. Il contient les décisions que cette personne peut lire.",
        "Made by {name} on {at}. It holds the decisions that this person may read.",
    ),
    "all": ("Sans filtre", "No filter"),
    "filter": ("Filtre : {what}", "Filter: {what}"),
    "words": ("mots « {value} »", "words “{value}”"),
    "in": ("discussion {value}", "conversation {value}"),
    "person": ("personne {value}", "person {value}"),
    "since": ("depuis le {value}", "since {value}"),
    "until": ("jusqu’au {value}", "until {value}"),
    "is_adopted": ("état adoptée", "state adopted"),
    "is_replaced": ("état remplacée", "state replaced"),
    "is_cancelled": ("état annulée", "state cancelled"),
    "count": ("{count} décision(s)", "{count} decision(s)"),
    "open": ("Lire", "Read"),
}
COLUMNS = (("number", 1.6), ("decided_on", 2.2), ("channel", 3.4), ("text", 9.6), ("decided_by", 4.2), ("status", 3.0))


@dataclass(frozen=True, slots=True)
class Register:
    """What is taken away, by whom, and what was asked for."""

    workspace: str
    decisions: Sequence[DecisionOut]
    names: dict[UUID, str]
    filter: Sequence[tuple[str, str | date]]
    by: str
    at: datetime
    language: str
    zone: str
    address: Callable[[DecisionOut], str]

    def word(self, key: str, **values: object) -> str:
        return WORDS[key][1 if self.language == "en" else 0].format(**values)

    def day(self, day: date) -> str:
        return day.isoformat() if self.language == "en" else day.strftime("%d/%m/%Y")

    def filtered(self) -> str:
        told = [(key, self.day(value) if isinstance(value, date) else value) for key, value in self.filter]
        what = ", ".join(self.word(key, value=value) for key, value in told)
        return self.word("filter", what=what) if what else self.word("all")

    def made(self) -> str:
        at = self.at.astimezone(ZoneInfo(self.zone))
        return self.word("made", name=self.by, at=f"{self.day(at.date())} {at:%H:%M}")

    def status(self, one: DecisionOut) -> str:
        number = one.replaced_by.number if one.replaced_by else "?"
        return self.word(one.status, number=number)

    def line(self, one: DecisionOut) -> dict[str, str]:
        return {
            "number": str(one.number),
            "decided_on": self.day(one.decided_on),
            "channel": self.names.get(one.channel_id, ""),
            "text": plain(one.text),
            "decided_by": ", ".join(person.name for person in one.decided_by),
            "noted_by": one.noted_by.name,
            "status": self.status(one),
            "link": self.address(one) if one.origin else "",
        }


def table(register: Register) -> bytes:
    """For spreadsheets: UTF-8 with its mark, semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = ("number", "decided_on", "channel", "text", "decided_by", "noted_by", "status", "link")
    writer.writerow([register.word(key) for key in heads])
    for one in register.decisions:
        line = register.line(one)
        writer.writerow([harmless_cell(line[key]) for key in heads])
    return ("\ufeff" + out.getvalue()).encode()


def document(register: Register) -> bytes:
    """An OpenDocument text on A4 across: who made it, when, from which filter, and a table whose heading repeats."""
    odt = OpenDocumentText()
    layout = PageLayout(name="Register")
    across = {"pagewidth": "29.7cm", "pageheight": "21cm", "printorientation": "landscape"}
    layout.addElement(PageLayoutProperties(**across, margin="1.8cm"))
    odt.automaticstyles.addElement(layout)
    odt.masterstyles.addElement(MasterPage(name="Standard", pagelayoutname=layout))
    title = _paragraph(odt, "RegisterTitle", size="18pt", weight="bold", after="0.1cm")
    small = _paragraph(odt, "RegisterNote", size="9pt", after="0.1cm")
    head = _paragraph(odt, "RegisterHead", size="9pt", weight="bold")
    words = _paragraph(odt, "RegisterWords", size="9.5pt", after="0.05cm")
    cell = Style(name="RegisterCell", family="table-cell")
    cell.addElement(TableCellProperties(padding="0.12cm", borderbottom="0.5pt solid #c9cfdb"))
    odt.automaticstyles.addElement(cell)

    odt.text.addElement(H(outlinelevel=1, stylename=title, text=f"{register.word('title')} – {register.workspace}"))
    for note in (register.made(), f"{register.filtered()} · {register.word('count', count=len(register.decisions))}"):
        odt.text.addElement(P(stylename=small, text=note))
    grid = Table(name="Decisions")
    for key, width in COLUMNS:
        column = Style(name=f"Register_{key}", family="table-column")
        column.addElement(TableColumnProperties(columnwidth=f"{width}cm"))
        odt.automaticstyles.addElement(column)
        grid.addElement(TableColumn(stylename=column))
    headings = TableHeaderRows()
    headings.addElement(_row(cell, [[P(stylename=head, text=register.word(key))] for key, _ in COLUMNS]))
    grid.addElement(headings)
    for one in register.decisions:
        line = register.line(one)
        cells = [[P(stylename=words, text=part) for part in line[key].split("\n")] for key, _ in COLUMNS]
        if line["link"]:
            link = P(stylename=small)
            link.addElement(A(href=line["link"], text=register.word("open")))
            cells[3].append(link)
        grid.addElement(_row(cell, cells))
    odt.text.addElement(grid)
    out = io.BytesIO()
    odt.save(out)
    return out.getvalue()


def _row(style: Style, cells: Iterable[Iterable[P]]) -> TableRow:
    row = TableRow()
    for paragraphs in cells:
        cell = TableCell(stylename=style)
        for paragraph in paragraphs:
            cell.addElement(paragraph)
        row.addElement(cell)
    return row


def _paragraph(odt: OpenDocumentText, name: str, *, size: str, weight: str = "normal", after: str = "0cm") -> Style:
    style = Style(name=name, family="paragraph")
    style.addElement(TextProperties(fontsize=size, fontweight=weight, fontfamily="Liberation Sans"))
    style.addElement(ParagraphProperties(marginbottom=after))
    odt.styles.addElement(style)
    return style
