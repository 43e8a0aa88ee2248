"""People, made by the product's own action unless a test only needs somebody to exist."""

from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from plano.accounts import actions
from plano.accounts.models import User
from plano.kernel.text import folded

_numbers = count(1)
PASSWORD = "brouette mauve huit lampes"


def make_user(identifier: str | None = None, *, password: str | None = None, **fields: Any) -> User:
    """Somebody who exists. Without `password` nobody can sign in as them by HTTP: `client_for(user)` can."""
    name = identifier or f"agent{next(_numbers)}"
    email = fields.pop("email", f"{folded(name)}@example.test" if "@" not in name else name)
    if password is not None:
        return actions.create_user(
            actor=None,
            identifier=name,
            name=fields.pop("name", name.capitalize()),
            email=email,
            password=password,
            **fields,
        )
    return User.objects.create(
        identifier=folded(name),
        name=fields.pop("name", name.capitalize()),
        email=email,
        email_key=folded(email) if email else None,
        password=make_password(None),
        **fields,
    )
