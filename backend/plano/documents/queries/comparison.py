"""Two versions of a text, line by line."""

from difflib import SequenceMatcher
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies
from plano.documents.models import Version
from plano.documents.queries.nodes import node_for
from plano.documents.schemas import ComparedLine, ComparisonOut
from plano.kernel.errors import Conflict, NotFound
from plano.platform import blobs

MAX_BYTES = 1_000_000
MAX_LINES = 4_000
MAX_LINE = 2_000
AROUND = 3
TEXTS = ("text/", "application/json", "application/xml", "application/x-yaml")


def compare_for(actor: User, node_id: UUID, before: int, after: int) -> ComparisonOut:
    """What changed from one version to the other. Only texts: the others answer 409 `not_a_text`."""
    node = node_for(actor, node_id)
    found = {version.number: version for version in Version.objects.filter(node=node, number__in=(before, after))}
    if before not in found or after not in found:
        raise NotFound
    (old, cut_old), (new, cut_new) = (_lines(actor, found[number]) for number in (before, after))
    hunks = [
        [line for tag, i, j, k, m in group for line in _compared(tag, old[i:j], new[k:m], i, k)]
        for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND)
    ]
    ops = [line.op for hunk in hunks for line in hunk]
    return ComparisonOut(
        before=before,
        after=after,
        added=ops.count("added"),
        removed=ops.count("removed"),
        hunks=hunks,
        cut=cut_old or cut_new,
    )


def _lines(actor: User, version: Version) -> tuple[list[str], bool]:
    policies.require_downloadable(actor, version)
    if not version.media_type.startswith(TEXTS):
        raise Conflict("not_a_text")
    content = blobs.store().open(version.blob)
    try:
        lines = content.read(0, MAX_BYTES).decode(errors="replace").splitlines()
    finally:
        content.close()
    return [line[:MAX_LINE] for line in lines[:MAX_LINES]], version.size > MAX_BYTES or len(lines) > MAX_LINES


def _compared(tag: str, old: list[str], new: list[str], i: int, k: int) -> list[ComparedLine]:
    if tag == "equal":
        return [ComparedLine(op="same", text=text, before=i + n, after=k + n) for n, text in enumerate(old, start=1)]
    removed = [ComparedLine(op="removed", text=text, before=i + n, after=None) for n, text in enumerate(old, start=1)]
    added = [ComparedLine(op="added", text=text, before=None, after=k + n) for n, text in enumerate(new, start=1)]
    return removed + added
