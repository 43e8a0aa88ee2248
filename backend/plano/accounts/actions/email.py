"""A new address counts once the person shows that they read it; the old one is told (R-28, R-31)."""

from plano.accounts import mails, queries, throttle
from plano.accounts.actions.passwords import spend
from plano.accounts.actions.profile import announce
from plano.accounts.actions.signing import Place
from plano.accounts.models import OneTimeLink, Session, User
from plano.accounts.options import RESET_LIFETIME
from plano.accounts.policies import require_proof
from plano.accounts.tokens import new_token, token_hash
from plano.kernel import clock
from plano.kernel.errors import NotFound
from plano.kernel.text import folded
from plano.platform import audit
from plano.platform.live.work import unit_of_work


def request_email_change(*, actor: User, session: Session | None, email: str, place: Place) -> None:
    """Send a link to the new address. The answer does not tell whether somebody else has it (R-10)."""
    require_proof(session)
    counters = [throttle.on_account("email", str(actor.id)), throttle.on_network("email", place.network)]
    throttle.check(counters)
    throttle.count(counters)
    token = new_token()
    with unit_of_work():
        OneTimeLink.objects.filter(user=actor, purpose=OneTimeLink.Purpose.EMAIL).delete()
        OneTimeLink.objects.create(
            token_hash=token_hash(token),
            purpose=OneTimeLink.Purpose.EMAIL,
            user=actor,
            address=email,
            expires_at=clock.now() + RESET_LIFETIME,
        )
        mails.send(actor, "email", path=f"{mails.EMAIL_PATH}{token}", to=email)


def confirm_email(*, actor: User, token: str, place: Place) -> User:
    """The link, opened by the same person: the address changes, reset links to the old one are dead."""
    counters = [throttle.on_network("link", place.network)]
    throttle.check(counters)
    link = queries.link_with(token, OneTimeLink.Purpose.EMAIL)
    if link is None or link.user_id != actor.id or is_taken(link.address, by_other_than=actor):
        throttle.count(counters)
        raise NotFound("link_over")
    with unit_of_work() as emit:
        user = User.objects.select_for_update().get(id=actor.id)
        spend(link)
        OneTimeLink.objects.filter(user=user).delete()
        mails.send(user, "email_changed")
        user.email, user.email_key = link.address, folded(link.address)
        user.touch()
        user.save()
        announce(emit, user)
        audit.record(actor=user, action="email.changed", object_kind="accounts.person", object_id=user.id)
    return user


def is_taken(email: str, *, by_other_than: User | None = None) -> bool:
    """Whether the address names another account, as address or as identifier."""
    key = folded(email)
    others = User.objects.exclude(id=by_other_than.id) if by_other_than else User.objects.all()
    return others.filter(email_key=key).exists() or others.filter(identifier=key).exists()
