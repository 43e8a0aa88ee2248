"""Search in N documents with texts: p50 and p95 of the question itself, as people with many and with few rights ask it.

    PLANO_DATA=… PLANO_DATABASE_URL=… .venv/bin/python bench/search.py [--documents 100000] [--rounds 30]
A database of its own, with the demonstration (`plano migrate`, `plano demo`). What is missing is written once, straight
into the tables: 20 workspaces, names and texts of 400 words, frequencies after Zipf, with words of an office among them.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")

import django

django.setup()

from django.db import connection, transaction

from plano.accounts.models import User
from plano.desk import queries as desk
from plano.documents import actions as documents
from plano.documents.models import Kind, Node
from plano.documents.queries.search import Filters, search_documents
from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.workspaces import actions as rooms
from plano.workspaces.models import AccessScope, Role, Workspace

options = argparse.ArgumentParser()
options.add_argument("--documents", type=int, default=100_000)
options.add_argument("--workspaces", type=int, default=20)
options.add_argument("--rounds", type=int, default=30)
options.add_argument("--label", default="search")
options.add_argument("--out", type=Path)
options.add_argument("--only", nargs="*", default=[])
args = options.parse_args()
OFFICE = """le la de du des les un une et à en pour dans sur avec par au aux ce cette qui que ne pas plus est sont sera
budget arrêté décret préfecture préfet préfète direction service agent dossier note projet réunion compte rendu marché
public achat commune département région ministère circulaire instruction procédure délai recours contrat convention
subvention rapport annexe calendrier formation recrutement mutation carrière traitement indemnité congé télétravail
sécurité incendie continuité activité crise cellule exercice plan canicule inondation logement urbanisme permis voirie
transport école collège lycée université santé hôpital agence police gendarmerie élection citoyenneté étranger titre
séjour naturalisation association environnement eau déchets énergie rénovation bâtiment immobilier inventaire archive
numérique logiciel serveur réseau poste messagerie annuaire donnée statistique tableau bilan synthèse courrier parapheur
signature validation visa avis comité conseil commission délibération vote séance ordre jour convocation présence""".split()
HEADS, MIDDLES, TAILS = "b c d f g h j l m n p r s t v br cl cr dr fl gr pl pr tr ch".split(), "a e i o u ai an au en eu in on ou oi é è".split(), "le me ne re se te tion ment teur ance ité able age eur if ique ure ade ard".split()


def vocabulary(size: int) -> list[str]:
    chance = random.Random(7)
    found = dict.fromkeys(OFFICE)
    while len(found) < size:
        found["".join(chance.choice(HEADS) + chance.choice(MIDDLES) for _ in range(chance.choice((1, 2, 2, 3)))) + chance.choice(TAILS)] = None
    return list(found)


def fill() -> None:
    """Texts are four of 10,000 paragraphs and a few words of their own: `dossier00042` in one document, for instance."""
    alice, david = (User.objects.get(identifier=name) for name in ("alice", "david"))
    words = vocabulary(20_000)
    chance, weights = random.Random(11), [1 / (rank + 2) for rank in range(20_000)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin' AND indrelid IN ('documents_text'::regclass, 'documents_node'::regclass)")
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("CREATE TEMP TABLE paragraph (number int PRIMARY KEY, text text, vector tsvector)")
        with cursor.copy("COPY paragraph (number, text) FROM STDIN") as copy:
            for number in range(10_000):
                copy.write_row((number, " ".join(chance.choices(words, weights, k=100)) + "."))
        cursor.execute("UPDATE paragraph SET vector = to_tsvector('plano_fr', text)")
        cursor.execute("CREATE TEMP TABLE word AS SELECT row_number() OVER () - 1 AS number, w AS text FROM unnest(%s::text[]) w", [words[30:3000]])
        each = args.documents // args.workspaces
        for place in range(args.workspaces):
            workspace = Workspace.objects.filter(slug=f"fonds-{place}").first() or rooms.open_workspace(actor=alice, id=uuid7(), name=f"Fonds {place}", slug=f"fonds-{place}")
            if place == 0:
                with unit_of_work() as emit:
                    rooms.join(emit=emit, workspace=workspace, user=david, role=Role.GUEST)
            folder = documents.create_node(actor=alice, workspace_id=workspace.id, id=uuid7(), kind=Kind.FOLDER, name="Un dossier à part")
            documents.set_access(actor=alice, node_id=folder.id, open=False)
            if place == 0:
                with unit_of_work() as emit:
                    rooms.grant_scope(emit=emit, scope=AccessScope.objects.get(id=folder.id), user=david, role=Role.READER, granted_by=alice)
            values = {"first": place * each, "many": each, "workspace": workspace.id, "folder": folder.id, "alice": alice.id}
            # The columns that this script does not know have the defaults of a document that was just made.
            model = documents.create_node(actor=alice, workspace_id=workspace.id, id=uuid7(), kind=Kind.DOCUMENT, name="modèle.odt")
            known = "id name folded scope_id parent_id created_at modified_at size sha256 media_type content_version state".split()
            rest = [field.column for field in Node._meta.concrete_fields if field.column not in known]
            columns = ", ".join(f'"{name}"' for name in rest)
            cursor.execute(f"""
                INSERT INTO documents_node (id, name, folded, scope_id, parent_id, created_at, modified_at, size, sha256, media_type, content_version, state, {columns})
                SELECT md5('node' || n)::uuid, told.name, lower(told.name), CASE WHEN n %% 25 = 0 THEN %(folder)s ELSE %(workspace)s END, %(folder)s,
                    now() - n * interval '1 minute', now() - n * interval '1 minute', 20000, md5(n::text) || md5(n::text), 'application/vnd.oasis.opendocument.text', 1, 'unscanned', {columns}
                FROM (SELECT * FROM documents_node WHERE id = '{model.id}') m, generate_series(%(first)s::int, %(first)s::int + %(many)s::int - 1) n
                CROSS JOIN LATERAL (SELECT (SELECT text FROM word WHERE number = n::bigint * 7 %% 2970) || ' ' || (SELECT text FROM word WHERE number = n::bigint * 13 %% 2970) || ' '
                    || (SELECT text FROM word WHERE number = n::bigint * 29 %% 2970) || ' ' || n || '.odt' AS name) told""", values)
            cursor.execute("""
                INSERT INTO documents_text (id, created_at, node_id, number, reason, text, vector)
                SELECT md5('text' || n)::uuid, now(), md5('node' || n)::uuid, 1, '', 'Référence dossier' || lpad(n::text, 5, '0') || '. ' || a.text || E'\\n' || b.text || E'\\n' || c.text || E'\\n' || d.text,
                    to_tsvector('plano_fr', 'Référence dossier' || lpad(n::text, 5, '0')) || a.vector || b.vector || c.vector || d.vector
                FROM generate_series(%(first)s::int, %(first)s::int + %(many)s::int - 1) n
                JOIN paragraph a ON a.number = n %% 10000::int JOIN paragraph b ON b.number = n * 7 %% 10000 JOIN paragraph c ON c.number = n * 11 %% 9999 JOIN paragraph d ON d.number = n * 17 %% 9997""", values)
            print(f"{place + 1} of {args.workspaces} workspaces", file=sys.stderr, flush=True)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table in ("documents_node", "documents_text"):
            cursor.execute(f"ANALYZE {table}")


QUESTIONS = {
    "a common word": ["budget", "service", "réunion", "préfecture"],
    "a rare word": ["dossier00042", "dossier77777", "dossier01234"],
    "two words": ["arrêté préfectoral", "budget annexe", "canicule inondation"],
    "a beginning": ["préf", "urban", "natur"],
    "three letters": ["bud", "tra"],
    "a word of names": ["modèle", "12345.odt", "Un dossier à part"],
    "no such word": ["xyzzyq", "introuvablement"],
    "a phrase of five": ["plan de continuité des activités"],
    "an ending of all names": ["odt", "rapport odt"],
}


def measured(name: str, ask) -> None:
    for kind, questions in QUESTIONS.items():
        if args.only and kind not in args.only:
            continue
        for question in questions:
            ask(question)
        times, cpu, count = [], [], 0
        backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        for number in range(args.rounds):
            before, began = int(backend.read_text().split()[0]), time.perf_counter()
            count = len(ask(questions[number % len(questions)]) or ())
            times.append((time.perf_counter() - began) * 1000)
            cpu.append((int(backend.read_text().split()[0]) - before) / 1e6)
        times.sort()
        line = {"bench": "search", "label": args.label, "at": time.strftime("%F %T"), "documents": args.documents, "who": name, "question": kind, "found": count,
                "p50_ms": round(statistics.median(times), 1), "p95_ms": round(times[int(len(times) * 0.95)], 1), "database_cpu_ms": round(statistics.median(cpu), 1)}
        print(json.dumps(line, ensure_ascii=False), flush=True)
        if args.out:
            with args.out.open("a") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


if not Workspace.objects.filter(slug=f"fonds-{args.workspaces - 1}").exists():
    with transaction.atomic():
        fill()
alice, david = (User.objects.get(identifier=name) for name in ("alice", "david"))
first = Workspace.objects.get(slug="fonds-0").id
measured("manager of all", lambda text: search_documents(alice, text, limit=20))
measured("manager, one workspace", lambda text: search_documents(alice, text, limit=20, filters=Filters(workspace_id=first)))
measured("guest of one folder", lambda text: search_documents(david, text, limit=20))
