"""Tokens for programs that use the API as one person, within scopes and until a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from plano.accounts import mails
from plano.accounts.access_tokens import PREFIX
from plano.accounts.actions.ending import forget_token
from plano.accounts.models import AccessToken, Session, User
from plano.accounts.policies import require_proof
from plano.accounts.tokens import new_token, token_hash
from plano.kernel import clock
from plano.kernel.errors import Conflict, Invalid, NotFound
from plano.platform import audit
from plano.platform.live.work import unit_of_work

MOST = 20
USUAL, LONGEST = timedelta(days=90), timedelta(days=366)


def create_access_token(
    *,
    actor: User,
    session: Session | None,
    id: UUID,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime | None,
) -> tuple[AccessToken, str | None]:
    """The row and, the first time only, the token itself: it is shown once. Asks for a recent proof (R-30)."""
    require_proof(session)
    existing = AccessToken.objects.filter(id=id).first()
    if existing is not None:
        if existing.user_id != actor.id:
            raise Conflict("identifier_in_use")
        return existing, None
    at = clock.now()
    end = expires_at or at + USUAL
    if end.tzinfo is None or not at < end <= at + LONGEST:
        raise Invalid("invalid", errors={"expires_at": "must_be_within_a_year"})
    secret = PREFIX + new_token()
    with unit_of_work():
        User.objects.select_for_update().get(id=actor.id)  # the limit holds exactly, a reset in between too
        if AccessToken.objects.filter(user=actor).count() >= MOST:
            raise Conflict("too_many_tokens")
        row = AccessToken.objects.create(
            id=id,
            user=actor,
            name=name,
            token_hash=token_hash(secret),
            scopes=sorted(set(scopes)),
            expires_at=end,
        )
        audit.record(
            actor=actor,
            action="access_token.created",
            object_kind="accounts.access_token",
            object_id=row.id,
            details={"scopes": " ".join(row.scopes), "until": end.date().isoformat()},
        )
        mails.send(actor, "access_token", path=mails.SECURITY_PATH)
    return row, secret


def revoke_access_token(*, actor: User, token_id: UUID) -> None:
    """It opens nothing any more, from the next request on; its streams close."""
    with unit_of_work() as emit:
        if not forget_token(emit, user=actor, token_id=token_id):
            raise NotFound
        audit.record(
            actor=actor, action="access_token.revoked", object_kind="accounts.access_token", object_id=token_id
        )
