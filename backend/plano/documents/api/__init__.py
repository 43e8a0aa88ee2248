"""JSON face of the library. Bytes have faces of their own: `faces.content` and `faces.tus`."""

from ninja import Router

from plano.documents.api import (
    access,
    approvals,
    archives,
    comments,
    fields,
    follows,
    locks,
    nodes,
    previews,
    retention,
    shared,
    shares,
    trash,
    uploads,
    versions,
)

router = Router()
for part in (
    nodes,
    uploads,
    trash,
    versions,
    access,
    shares,
    shared,
    archives,
    previews,
    locks,
    comments,
    fields,
    follows,
    approvals,
    retention,
):
    router.add_router("", part.router)
