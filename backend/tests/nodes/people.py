"""Run on a node's database: people who share a workspace and its channels. Prints what the tests must know of them."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")

import django

django.setup()

from plano.accounts import actions as accounts
from plano.chat import actions as chat
from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces.actions.members import join
from plano.workspaces.models import Role

PASSWORD = "un mot de passe bien long 2026"


def main(count: int) -> None:
    people = [
        accounts.create_user(
            actor=None,
            identifier=f"noeud{n}",
            name=f"Personne {n}",
            email=f"noeud{n}@example.test",
            password=PASSWORD,
        )
        for n in range(count)
    ]
    place = workspaces.open_workspace(actor=people[0], id=uuid7(), name="Nœuds", slug="noeuds")
    for person in people[1:]:
        with unit_of_work() as emit:
            join(emit=emit, workspace=place, user=person, role=Role.MEMBER)
    some = [person.id for person in people[: count // 2]]
    channels = [
        chat.open_channel(
            actor=people[0], workspace_id=place.id, id=uuid7(), name=name, open=not members, members=members
        )
        for name, members in (("tous", []), ("quelques-uns", some))
    ]
    found = {
        "workspace": str(place.id),
        "accounts": {person.identifier: {"password": PASSWORD} for person in people},
        "channels": {str(channel.id): channel.name for channel in channels},
        "some": [str(id) for id in some],
    }
    print(json.dumps(found))


main(int(sys.argv[1]))
