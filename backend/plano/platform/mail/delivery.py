"""Chooses the adapter. A mail server may be slow or down, so its mails go through a job that is retried."""

from dataclasses import asdict

from django.conf import settings

from plano.platform.mail.base import Adapter, Message
from plano.platform.mail.outbox import Outbox
from plano.platform.mail.smtp import Smtp

TASK = "mail.deliver"
QUEUE = "mail"


def adapter() -> Adapter:
    """The one that the configuration asks for."""
    url: str | None = settings.PLANO.smtp_url
    return Smtp(url) if url else outbox()


def outbox() -> Outbox:
    """The folder of this installation."""
    return Outbox(settings.PLANO.data / "outbox")


def dispatch(message: Message) -> None:
    """Called after COMMIT: the folder at once, a mail server by a job."""
    if settings.PLANO.smtp_url:
        from procrastinate.contrib.django import app

        app.configure_task(TASK, queue=QUEUE).defer(**asdict(message))
    else:
        adapter().deliver(message)
