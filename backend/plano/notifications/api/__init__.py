"""JSON face of notifications."""

from ninja import Router

from plano.notifications.api import notifications, preferences, push

router = Router()
for part in (notifications, preferences, push):
    router.add_router("", part.router)
