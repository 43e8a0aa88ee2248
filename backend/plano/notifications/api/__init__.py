"""JSON face of notifications."""

from ninja import Router

from plano.notifications.api import notifications

router = Router()
for part in (notifications,):
    router.add_router("", part.router)
