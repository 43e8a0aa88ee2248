"""People as they stand beside documents."""

from plano.accounts.schemas import PersonOut


class NodePerson(PersonOut):
    """Somebody as they stand beside a document; a guest is marked wherever the name appears."""

    guest: bool
