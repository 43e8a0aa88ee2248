"""What was asked and answered about a version, taken away: a table for spreadsheets, a page to print.

Nothing that people wrote is run by who opens it: cells that a spreadsheet would take for a formula are neutralised,
the page is escaped and its policy allows its one style and nothing else.
"""

import base64
import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.html import escape

from plano.documents.schemas.approvals import ApprovalOut, AskedOut, GivenOut
from plano.kernel.text import harmless_cell

EARLIER = ' class="earlier"'

WORDS: dict[str, tuple[str, str]] = {
    "title_approve": ("Attestation de validation", "Proof of approval"),
    "title_read": ("Attestation de lecture", "Proof of reading"),
    "document": ("Document", "Document"),
    "version": ("Version", "Version"),
    "sha256": ("Empreinte SHA-256", "SHA-256 fingerprint"),
    "purpose": ("Demande", "Request"),
    "approve": ("Validation", "Approval"),
    "approve_in_order": ("Validation, l’un après l’autre", "Approval, one after the other"),
    "read": ("Confirmation de lecture", "Confirmation of reading"),
    "asked_by": ("Demandée par", "Asked by"),
    "asked_at": ("Demandée le", "Asked on"),
    "message": ("Message", "Message"),
    "due": ("Échéance", "Due"),
    "state": ("État", "State"),
    "open": ("En cours", "Open"),
    "approved": ("Approuvé", "Approved"),
    "refused": ("Refusé", "Refused"),
    "complete": ("Lu par toutes les personnes", "Read by everybody"),
    "cancelled": ("Demande annulée", "Request cancelled"),
    "closed_at": ("Close le", "Closed on"),
    "cancelled_by": ("Annulée par", "Cancelled by"),
    "person": ("Personne", "Person"),
    "answer": ("Réponse", "Answer"),
    "answered_at": ("Répondu le", "Answered on"),
    "comment": ("Commentaire", "Comment"),
    "latest": ("Réponse retenue", "Counting answer"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "was_read": ("A confirmé avoir lu", "Confirmed reading"),
    "waiting": ("Pas encore sollicité", "Not asked yet"),
    "pending": ("Sans réponse", "No answer"),
    "lost": ("N’a plus accès", "No longer has access"),
    "earlier": ("Réponse antérieure", "Earlier answer"),
    "made": ("Établie par {name} le {at}.", "Made by {name} on {at}."),
    "meaning": (
        "Chaque réponse porte sur cette version et sur elle seule. L’empreinte SHA-256 permet de vérifier qu’un "
        "fichier est bien celui sur lequel les personnes se sont prononcées.",
        "Each answer is about this version and no other. The SHA-256 fingerprint shows whether a file is the one that "
        "people answered about.",
    ),
    "people": ("Réponses", "Answers"),
}

STYLE = """
body { font: 14px/1.5 Inter, "Segoe UI", "Liberation Sans", sans-serif; color: #141a28; max-width: 820px;
  margin: 40px auto; padding: 0 24px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 28px 0 8px; }
.name { font-size: 17px; margin: 0 0 24px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 24px; margin: 0; }
dt { color: #5a6376; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
code { font: 12px/1.5 "Liberation Mono", monospace; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 560; color: #5a6376; }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid #e3e6ed; vertical-align: top; overflow-wrap: anywhere; }
td.words { white-space: pre-wrap; } tr.earlier td { color: #5a6376; } p.end { color: #5a6376; margin-top: 28px; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""
POLICY = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-modals"
)


class _Told:
    """Words and instants for one reader."""

    def __init__(self, language: str, zone: str) -> None:
        self.place = 1 if language == "en" else 0
        self.zone = ZoneInfo(zone)

    def word(self, key: str) -> str:
        return WORDS[key][self.place]

    def at(self, instant: datetime) -> str:
        return instant.astimezone(self.zone).isoformat(timespec="seconds")

    def purpose(self, approval: ApprovalOut) -> str:
        return self.word("approve_in_order" if approval.in_order else approval.purpose)

    def answer(self, given: GivenOut) -> str:
        return self.word("was_read" if given.answer == "read" else given.answer)


def table(approvals: Iterable[ApprovalOut], *, language: str, zone: str) -> str:
    """One line for each answer, and for each person without one; for spreadsheets in French as in English."""
    told = _Told(language, zone)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    head = ("document", "version", "sha256", "purpose", "asked_by", "asked_at", "message", "due", "state", "closed_at")
    tail = ("person", "answer", "answered_at", "latest", "comment")
    writer.writerow([told.word(key) for key in (*head, *tail)])
    for approval in approvals:
        common = [
            approval.name,
            str(approval.number),
            approval.sha256,
            told.purpose(approval),
            approval.asked_by.name,
            told.at(approval.created_at),
            approval.message,
            approval.due.isoformat(),
            told.word(approval.state),
            "" if approval.closed_at is None else told.at(approval.closed_at),
        ]
        for asked in approval.asked:
            for line in _lines(asked, told):
                writer.writerow([harmless_cell(cell) for cell in (*common, *line)])
    return "\ufeff" + out.getvalue()


def _lines(asked: AskedOut, told: _Told) -> list[tuple[str, str, str, str, str]]:
    if not asked.given:
        return [(asked.person.name, told.word(asked.state), "", "", "")]
    return [
        (asked.person.name, told.answer(one), told.at(one.at), told.word("yes" if place == 0 else "no"), one.comment)
        for place, one in enumerate(asked.given)
    ]


def page(approval: ApprovalOut, *, by: str, at: datetime, language: str, zone: str) -> str:
    """The proof as one page without scripts, to be printed or kept as a PDF."""
    told = _Told(language, zone)
    word = told.word
    facts = [
        (word("version"), str(approval.number)),
        (word("sha256"), approval.sha256),
        (word("purpose"), told.purpose(approval)),
        (word("asked_by"), approval.asked_by.name),
        (word("asked_at"), told.at(approval.created_at)),
        (word("due"), approval.due.isoformat()),
        (word("state"), word(approval.state)),
    ]
    if approval.message:
        facts.append((word("message"), approval.message))
    if approval.closed_at is not None:
        facts.append((word("closed_at"), told.at(approval.closed_at)))
    if approval.cancelled_by is not None:
        facts.append((word("cancelled_by"), approval.cancelled_by.name))
    title = word(f"title_{approval.purpose}")
    heads = "".join(
        f'<th scope="col">{escape(word(key))}</th>' for key in ("person", "answer", "answered_at", "comment")
    )
    made = word("made").format(name=by, at=told.at(at))
    return f"""<!doctype html>
<html lang="{"en" if told.place else "fr"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>
<style>{STYLE}</style></head>
<body><main>
<h1>{escape(title)}</h1>
<p class="name">{escape(approval.name)}</p>
<dl>{"".join(_fact(name, value) for name, value in facts)}</dl>
<h2>{escape(word("people"))}</h2>
<table><thead><tr>{heads}</tr></thead><tbody>{"".join(_row(asked, told) for asked in approval.asked)}</tbody></table>
<p class="end">{escape(word("meaning"))}</p>
<p class="end">{escape(made)}</p>
</main></body></html>
"""


def _fact(name: str, value: str) -> str:
    is_hash = len(value) == 64 and value.isalnum()
    return f"<dt>{escape(name)}</dt><dd>{f'<code>{escape(value)}</code>' if is_hash else escape(value)}</dd>"


def _row(asked: AskedOut, told: _Told) -> str:
    """Somebody's answer, and below it those that they gave before."""
    if not asked.given:
        return (
            f"<tr><td>{escape(asked.person.name)}</td><td>{escape(told.word(asked.state))}</td><td></td><td></td></tr>"
        )
    rows = []
    for place, one in enumerate(asked.given):
        said = told.answer(one) if place == 0 else f"{told.word('earlier')} · {told.answer(one)}"
        rows.append(
            f"<tr{EARLIER if place else ''}><td>{escape(asked.person.name)}</td><td>{escape(said)}</td>"
            f'<td>{escape(told.at(one.at))}</td><td class="words">{escape(one.comment)}</td></tr>'
        )
    return "".join(rows)
