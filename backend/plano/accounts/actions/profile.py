"""What people change of themselves. Everyone who sees them sees it at once."""

from uuid import UUID

from plano.accounts.live import ME, PERSON, audience_of
from plano.accounts.models import Picture, User
from plano.accounts.pictures import reencoded
from plano.accounts.schemas import MeOut, PersonOut
from plano.accounts.tokens import new_token
from plano.platform.live.work import Emit, unit_of_work

BATCH = 90


def update_profile(
    *, actor: User, name: str | None = None, language: str | None = None, time_zone: str | None = None
) -> User:
    """Change the given fields only; absent ones stay."""
    with unit_of_work() as emit:
        user = User.objects.select_for_update().get(id=actor.id)
        user.name = user.name if name is None else name
        user.language = user.language if language is None else language
        user.time_zone = user.time_zone if time_zone is None else time_zone
        _save(emit, user)
    _tell_the_rest(user)
    return user


def set_avatar(*, actor: User, content: bytes) -> User:
    """Keep the re-encoded picture; what the file carried besides the image is gone (R-74)."""
    picture = reencoded(content)
    with unit_of_work() as emit:
        user = User.objects.select_for_update().get(id=actor.id)
        Picture.objects.update_or_create(user=user, defaults={"content": picture})
        user.avatar = new_token()
        _save(emit, user)
    _tell_the_rest(user)
    return user


def remove_avatar(*, actor: User) -> User:
    """Back to the tint and the initials."""
    with unit_of_work() as emit:
        user = User.objects.select_for_update().get(id=actor.id)
        Picture.objects.filter(user=user).delete()
        user.avatar = None
        _save(emit, user)
    _tell_the_rest(user)
    return user


def announce(emit: Emit, user: User) -> None:
    """Frames for a changed person: to themselves, and to the first scopes that show them."""
    emit.changed(ME, scope=user.id, data=MeOut.from_model(user))
    _tell(emit, user, audience_of(user)[:BATCH])


def _save(emit: Emit, user: User) -> None:
    user.touch()
    user.save()
    announce(emit, user)


def _tell(emit: Emit, user: User, scopes: list[UUID]) -> None:
    for scope in scopes:
        emit.changed(PERSON, scope=scope, data=PersonOut.from_model(user))


def _tell_the_rest(user: User) -> None:
    """Somebody in very many scopes: the others in batches, each its own unit of work."""
    rest = audience_of(user)[BATCH:]
    while rest:
        with unit_of_work() as emit:
            _tell(emit, user, rest[:BATCH])
        rest = rest[BATCH:]
