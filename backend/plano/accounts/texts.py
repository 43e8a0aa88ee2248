"""The mails about accounts, in both languages. `{…}` is filled by `mails.py` with cleaned values only."""

from typing import NamedTuple


class Text(NamedTuple):
    """A subject and a body."""

    subject: str
    body: str


FRENCH = {
    "reset": Text(
        "Choisir un nouveau mot de passe",
        "Bonjour {name},\n\n"
        "Quelqu’un, sans doute vous, demande un nouveau mot de passe pour votre compte.\n"
        "Ce lien sert une seule fois, pendant une heure :\n\n{link}\n\n"
        "Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même.\n",
    ),
    "email": Text(
        "Confirmer votre nouvelle adresse",
        "Bonjour {name},\n\n"
        "Confirmez que cette adresse est la vôtre. Le lien sert une seule fois, pendant une heure :\n\n{link}\n\n"
        "Vous n’avez rien demandé ? Ne faites rien.\n",
    ),
    "password_changed": Text(
        "Votre mot de passe a changé",
        "Bonjour {name},\n\n"
        "Le mot de passe de votre compte vient de changer. Vos autres appareils ont été déconnectés.\n"
        "Ce n’était pas vous ? Demandez tout de suite un nouveau mot de passe : {link}\n",
    ),
    "email_changed": Text(
        "L’adresse de votre compte a changé",
        "Bonjour {name},\n\n"
        "L’adresse électronique de votre compte vient de changer ; celle-ci ne sert plus.\n"
        "Ce n’était pas vous ? Prévenez tout de suite votre administrateur.\n",
    ),
    "application_password": Text(
        "Nouveau mot de passe d’application",
        "Bonjour {name},\n\n"
        "Un mot de passe d’application vient d’être créé sur votre compte. "
        "Il ouvre vos fichiers ou vos agendas depuis un autre logiciel.\n"
        "Ce n’était pas vous ? Révoquez-le dans vos réglages : {link}\n",
    ),
    "access_token": Text(
        "Nouveau jeton d’accès",
        "Bonjour {name},\n\n"
        "Un jeton d’accès vient d’être créé sur votre compte. Un programme peut s’en servir pour agir en votre nom.\n"
        "Ce n’était pas vous ? Révoquez-le dans vos réglages : {link}\n",
    ),
    "new_device": Text(
        "Connexion depuis un nouvel appareil",
        "Bonjour {name},\n\n"
        "Votre compte vient d’être ouvert depuis un appareil inconnu jusqu’ici{device}.\n"
        "Ce n’était pas vous ? Changez votre mot de passe : {link}\n",
    ),
}

ENGLISH = {
    "reset": Text(
        "Choose a new password",
        "Hello {name},\n\n"
        "Someone, probably you, asks for a new password for your account.\n"
        "This link works once, for one hour:\n\n{link}\n\n"
        "It was not you? Do nothing: your password stays the same.\n",
    ),
    "email": Text(
        "Confirm your new address",
        "Hello {name},\n\n"
        "Please confirm that this address is yours. The link works once, for one hour:\n\n{link}\n\n"
        "It was not you? Do nothing.\n",
    ),
    "password_changed": Text(
        "Your password has changed",
        "Hello {name},\n\n"
        "The password of your account has just changed. Your other devices were signed out.\n"
        "It was not you? Ask for a new password at once: {link}\n",
    ),
    "email_changed": Text(
        "The address of your account has changed",
        "Hello {name},\n\n"
        "The e-mail address of your account has just changed; this one is no longer used.\n"
        "It was not you? Tell your administrator at once.\n",
    ),
    "application_password": Text(
        "New application password",
        "Hello {name},\n\n"
        "An application password has just been made on your account. "
        "It opens your files or calendars from another program.\n"
        "It was not you? Revoke it in your settings: {link}\n",
    ),
    "access_token": Text(
        "New access token",
        "Hello {name},\n\n"
        "An access token was just created on your account. A program can use it to act in your name.\n"
        "It was not you? Revoke it in your settings: {link}\n",
    ),
    "new_device": Text(
        "Sign-in from a new device",
        "Hello {name},\n\n"
        "Your account has just been opened on a device not seen before{device}.\n"
        "It was not you? Change your password: {link}\n",
    ),
}

TEXTS = {"fr": FRENCH, "en": ENGLISH}
