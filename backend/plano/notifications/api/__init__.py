"""JSON face of notifications."""

from ninja import Router

from plano.notifications.api import ending, notifications, preferences, push

router = Router()
for part in (notifications, preferences, push, ending):
    router.add_router("", part.router)
