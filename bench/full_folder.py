"""N documents in the folder of one that is there, written straight into a Plano database: its twins under other names.

    PLANO_DATA=… PLANO_DATABASE_URL=… .venv/bin/python bench/full_folder.py NODE 5000
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")

import django

django.setup()

from plano.documents import names
from plano.documents.models import Node
from plano.kernel.ids import uuid7

first = Node.objects.get(id=sys.argv[1])
values = {field.attname: getattr(first, field.attname) for field in Node._meta.concrete_fields}
Node.objects.bulk_create(
    (Node(**values | {"id": uuid7(), "name": name, "folded": names.key(name)}) for name in (f"file number {n:05d}.txt" for n in range(1, int(sys.argv[2])))),
    batch_size=1000,
)
