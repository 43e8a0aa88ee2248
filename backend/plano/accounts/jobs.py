"""Background entry points: reset links, sessions that are over."""

from uuid import UUID

from procrastinate.contrib.django import app

from plano.accounts import actions, sessions
from plano.accounts.actions.passwords import QUEUE, SEND_RESET


@app.task(name=SEND_RESET, queue=QUEUE, retry=5)
def send_reset_link(user_id: str) -> None:
    """Also for accounts that do not exist: then it does nothing, and nobody could measure it (R-27)."""
    actions.send_reset_link(user_id=UUID(user_id))


@app.periodic(cron="7 * * * *")
@app.task(name="accounts.forget_expired_sessions", queue=QUEUE)
def forget_expired_sessions(timestamp: int) -> None:
    """Rows of sessions that are over."""
    sessions.forget_expired()
