"""Reads of the library, always for somebody. Folder lists are JSON made by the database (`statements`)."""

from plano.documents.queries.access import access_for
from plano.documents.queries.audience import deletion_for, effect_for, kept_grants
from plano.documents.queries.bin import bin_for
from plano.documents.queries.comparison import compare_for
from plano.documents.queries.elsewhere import changed_since, names_for, recent_for, resolve, some_for, visible_nodes
from plano.documents.queries.integrity import damaged, orphans
from plano.documents.queries.listing import MAX_PAGE, PAGE, page_for
from plano.documents.queries.nodes import (
    clash,
    lies_in,
    node_for,
    node_for_me,
    node_out,
    nodes_out,
    parent_named,
    path_for,
    people_of,
    scope_of,
    workspace_of,
)
from plano.documents.queries.previews import preview_of, preview_out, version_shown
from plano.documents.queries.search import FAMILIES, Family, Filters, Found, search_documents, wanted_values
from plano.documents.queries.uploads import library_for, offset_of, upload_for, upload_out, uploads_for
from plano.documents.queries.versions import largest_for, thinnable, version_out, versions_for

__all__ = [
    "FAMILIES",
    "MAX_PAGE",
    "PAGE",
    "Family",
    "Filters",
    "Found",
    "access_for",
    "bin_for",
    "changed_since",
    "clash",
    "compare_for",
    "damaged",
    "deletion_for",
    "effect_for",
    "kept_grants",
    "largest_for",
    "library_for",
    "lies_in",
    "names_for",
    "node_for",
    "node_for_me",
    "node_out",
    "nodes_out",
    "offset_of",
    "orphans",
    "page_for",
    "parent_named",
    "path_for",
    "people_of",
    "preview_of",
    "preview_out",
    "recent_for",
    "resolve",
    "scope_of",
    "search_documents",
    "some_for",
    "thinnable",
    "upload_for",
    "upload_out",
    "uploads_for",
    "version_out",
    "version_shown",
    "versions_for",
    "visible_nodes",
    "wanted_values",
    "workspace_of",
]
