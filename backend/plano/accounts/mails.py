"""Mails about an account: to the address in the database, in the person's language, links from the configuration."""

from plano.accounts.models import User
from plano.accounts.options import base_url
from plano.accounts.texts import TEXTS
from plano.kernel.text import clean_line
from plano.platform import mail

RESET_PATH = "/reinitialiser/"
EMAIL_PATH = "/adresse/"
SETUP_PATH = "/installation/"
FORGOTTEN_PATH = "/mot-de-passe-oublie"
SECURITY_PATH = "/parametres/securite"


def send(user: User, key: str, *, path: str = "", device: str = "", to: str | None = None) -> None:
    """Send the text `key` after COMMIT; nothing when the person has no address."""
    address = to or user.email
    if not address:
        return
    text = TEXTS["en" if user.language == "en" else "fr"][key]
    name = clean_line(user.name)
    body = text.body.format(name=name, link=f"{base_url()}{path}", device=f" ({clean_line(device)})" if device else "")
    mail.send(to=address, subject=text.subject, text=body, name=name, language=user.language)
