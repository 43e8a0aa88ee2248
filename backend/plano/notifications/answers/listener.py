"""The small SMTP server that a mail server in front hands answers to. It takes nothing that it cannot place."""

import logging
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from django.db import close_old_connections

from plano.notifications.answers.receiving import MAX_BYTES, Outcome, knows, receive

ANSWERS = {
    Outcome.PUBLISHED: "250 2.0.0 Published",
    Outcome.IGNORED: "250 2.0.0 Taken",
    Outcome.ANSWERED: "250 2.0.0 Taken",
    Outcome.NO_SUCH_ADDRESS: "550 5.1.1 No such address, or it is over",
    Outcome.WRONG_SENDER: "550 5.7.1 Answer from the address of the account",
    Outcome.TOO_LARGE: "552 5.3.4 Too large",
    Outcome.NO_MAIL: "554 5.6.0 Not a mail",
    Outcome.LATER: "451 4.3.0 Try again later",
}
MOST_RECIPIENTS, MOST_CALLS, PATIENCE_SECONDS = 5, 20, 60

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would write down who writes to whom


class Door:
    """What is answered to each command. Runs on the listener's loop; the database is asked in a thread."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            if not await server.loop.run_in_executor(None, _asked, lambda: knows(address)):
                return ANSWERS[Outcome.NO_SUCH_ADDRESS]
        except Exception:
            log.exception("an address could not be looked up")
            return ANSWERS[Outcome.LATER]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        content, to = envelope.content, list(envelope.rcpt_tos)
        assert isinstance(content, bytes)
        if not envelope.mail_from:
            return ANSWERS[Outcome.IGNORED]  # a bounce
        try:
            outcome = await server.loop.run_in_executor(None, _asked, lambda: receive(content, to))
        except Exception:
            log.exception("an answer by mail could not be taken")
            return ANSWERS[Outcome.LATER]
        return ANSWERS[outcome]


class Listener(Controller):
    """In a thread of its own; so many calls at once, each for a minute at most."""

    def factory(self) -> SMTP:
        return SMTP(
            self.handler,
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            timeout=PATIENCE_SECONDS,
            ident="Plano",
            hostname=self.hostname,
            command_call_limit=MOST_CALLS,
        )


def start(address: str) -> Listener | None:
    """Listen, or say why not: jobs go on without."""
    host, _, port = address.rpartition(":")
    listener = Listener(Door(), hostname=host.strip("[]"), port=int(port))
    try:
        listener.start()
    except (OSError, TimeoutError, RuntimeError) as error:
        log.error("mail.not_listening", extra={"address": address, "reason": str(error)})
        return None
    return listener


def _asked(question: Any) -> Any:
    close_old_connections()
    try:
        return question()
    finally:
        close_old_connections()
