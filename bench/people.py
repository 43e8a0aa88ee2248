"""Many signed-in people for a bench, written straight into a Plano database: their own scope only, or N scopes each.

    PLANO_DATA=… PLANO_DATABASE_URL=… .venv/bin/python bench/people.py --people 1000 --scopes 200 > keys.json
Prints {"keys": […]}: values of the cookie `plano_session`. The scopes are one workspace and its public channels.
"""

import argparse
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")

import django

django.setup()

from django.db import transaction
from plano.accounts.models import Session, User
from plano.accounts.tokens import new_token, token_hash
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.workspaces.models import AccessScope, Membership, Role, Room, Workspace

options = argparse.ArgumentParser()
options.add_argument("--people", type=int, default=1000)
options.add_argument("--scopes", type=int, default=1, help="of each person, the own one included")
args = options.parse_args()

keys = [new_token() for _ in range(args.people)]
with transaction.atomic():
    mark = uuid7().hex[-10:]
    people = User.objects.bulk_create(
        User(identifier=f"banc-{mark}-{n}", name=f"Personne {n}", password="!") for n in range(args.people)
    )
    at = now()
    Session.objects.bulk_create(
        Session(key_hash=token_hash(key), user=user, device="bench", last_seen_at=at, proved_at=at)
        for key, user in zip(keys, people, strict=True)
    )
    if args.scopes > 1:
        place = Workspace.objects.create(slug=f"banc-{mark}", name=f"Banc {mark}", created_by=people[0], rooms=Room.values)
        AccessScope.objects.create(id=place.id, kind="workspace", workspace=place, open=True)
        AccessScope.objects.bulk_create(
            AccessScope(id=uuid7(), kind="channel", workspace=place, open=True) for _ in range(args.scopes - 2)
        )
        Membership.objects.bulk_create(Membership(workspace=place, user=user, role=Role.MEMBER) for user in people)
print(json.dumps({"keys": keys}))
