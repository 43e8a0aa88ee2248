"""Ending sessions and saying so: the socket layer closes what rests on them at once."""

from uuid import UUID

from django.db.models import QuerySet

from plano.accounts.live import SESSION_ENDED
from plano.accounts.models import AccessToken, ApplicationPassword, OneTimeLink, Session, User
from plano.accounts.schemas import SessionEndedOut
from plano.platform.live.work import Emit

MANY = 50


def end_sessions(emit: Emit, *, user: User, ended: QuerySet[Session]) -> int:
    """Delete these sessions of the person and tell each one's sockets; above fifty, one word for all."""
    ids = list(ended.values_list("id", flat=True))
    Session.objects.filter(id__in=ids).delete()
    said = ids if len(ids) <= MANY else [None]
    for session_id in said:
        emit.changed(SESSION_ENDED, scope=user.id, data=SessionEndedOut(session_id=session_id))
    return len(ids)


def end_everything(
    emit: Emit, *, user: User, keep: Session | None = None, keep_application_passwords: bool = False
) -> None:
    """After a change of what proves the person: every other session, link, password and token of programs is over."""
    others = Session.objects.filter(user=user)
    end_sessions(emit, user=user, ended=others.exclude(id=keep.id) if keep else others)
    OneTimeLink.objects.filter(user=user).delete()
    if not keep_application_passwords:
        ApplicationPassword.objects.filter(user=user).delete()
        for token_id in list(AccessToken.objects.filter(user=user).values_list("id", flat=True)):
            forget_token(emit, user=user, token_id=token_id)


def forget_token(emit: Emit, *, user: User, token_id: UUID) -> bool:
    """Delete an access token of the person and tell its sockets. False when there was none."""
    deleted, _ = AccessToken.objects.filter(id=token_id, user=user).delete()
    if deleted:
        emit.changed(SESSION_ENDED, scope=user.id, data=SessionEndedOut(session_id=token_id))
    return bool(deleted)
