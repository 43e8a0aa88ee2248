"""Search in N messages: p50 and p95 of the question itself, beside ILIKE and a bare index over all; what it costs a send.

    nice .venv/bin/python bench/message_search.py --data FOLDER [--messages 1000000] [--rounds 20] [--out FILE]
A PostgreSQL of its own in FOLDER, filled once by COPY: 200 channels of very different sizes, 300 authors, words after
Zipf, three years. The asker reads 120 of the channels; a guest reads two small ones. « ratio » is of p50s in this run.
"""

import argparse
import json
import os
import random
import resource
import secrets
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "backend"))
options = argparse.ArgumentParser()
options.add_argument("--data", type=Path, required=True)
options.add_argument("--messages", type=int, default=1_000_000)
options.add_argument("--rounds", type=int, default=20)
options.add_argument("--sends", type=int, default=300, help="messages sent with and without an index of words")
options.add_argument("--only-sends", action="store_true")
options.add_argument("--label", default="messages")
options.add_argument("--out", type=Path)
args = options.parse_args()

from plano.platform import embedded

embedded.ensure(args.data, durable=False)
cluster = embedded.prepare(args.data, durable=False)
cluster.ensure_database(f"messages_{args.messages}")
os.environ |= {
    "PLANO_DATABASE_URL": cluster.dsn(f"messages_{args.messages}"),
    "PLANO_DATA": str(args.data / "plano"),
    "PLANO_SECRET_KEY": secrets.token_urlsafe(48),
    "DJANGO_SETTINGS_MODULE": "plano.config.settings",
    "PLANO_MESSAGES_PER_MINUTE": "10000000",
}
(args.data / "plano").mkdir(exist_ok=True)

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from plano.accounts.models import User
from plano.chat import actions as chat
from plano.chat.actions.indexing import index_messages
from plano.chat.models import Channel, Message
from plano.chat.queries.search import search_messages
from plano.kernel.ids import uuid7
from plano.workspaces import actions as rooms
from plano.workspaces.models import Workspace

OFFICE = """le la de du des les un une et à en pour dans sur avec par au aux ce cette qui que ne pas plus est sont sera
budget arrêté décret préfecture préfète direction service agent dossier note projet réunion compte rendu marché public
achat commune département région ministère circulaire instruction procédure délai recours contrat convention rapport
annexe calendrier formation recrutement mutation carrière traitement indemnité congé télétravail sécurité incendie
continuité activité crise cellule exercice plan canicule inondation logement urbanisme permis voirie transport école
lycée université santé hôpital agence police élection étranger séjour association environnement eau déchets énergie
bâtiment immobilier inventaire archive numérique logiciel serveur réseau messagerie annuaire donnée statistique tableau
bilan synthèse courrier parapheur signature validation visa avis comité conseil commission vote séance ordre jour""".split()
HEADS = "b c d f g h j l m n p r s t v br cl cr dr fl gr pl pr tr ch".split()
MIDDLES = "a e i o u ai an au en eu in on ou oi é è".split()
TAILS = "le me ne re se te tion ment teur ance ité able age eur if ique ure ade ard".split()


def vocabulary(size: int) -> list[str]:
    chance = random.Random(7)
    found = dict.fromkeys(OFFICE)
    while len(found) < size:
        found["".join(chance.choice(HEADS) + chance.choice(MIDDLES) for _ in range(chance.choice((1, 2, 2, 3)))) + chance.choice(TAILS)] = None
    return list(found)


def people(many: int) -> list[User]:
    known = list(User.objects.filter(identifier__startswith="banc").order_by("identifier"))
    if known:
        return known
    chance = random.Random(5)
    made = [User(id=uuid7(), identifier=f"banc{n:03}", email=f"banc{n}@exemple.test", name=f"{chance.choice(HEADS).title()}{chance.choice(MIDDLES)}{chance.choice(TAILS)} Personne{n:03}") for n in range(many)]
    User.objects.bulk_create(made)
    return made


def fill() -> None:
    authors = people(300)
    workspace = rooms.open_workspace(actor=authors[0], id=uuid7(), name="Banc", slug="banc")
    from plano.workspaces.models import Membership, Role

    Membership.objects.bulk_create([Membership(workspace=workspace, user=one, role=Role.MEMBER) for one in authors[1:299]])
    Membership.objects.create(workspace=workspace, user=authors[299], role=Role.GUEST)
    channels = [chat.open_channel(actor=authors[0] if n < 120 else authors[1], workspace_id=workspace.id, id=uuid7(), name=f"Canal {n}", open=n < 60) for n in range(200)]
    chat.let_in(actor=authors[0], channel_id=channels[100].id, user_id=authors[299].id)
    chat.let_in(actor=authors[0], channel_id=channels[119].id, user_id=authors[299].id)
    chance, words = random.Random(11), vocabulary(30_000)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    sizes = [1 / (n % 60 + 1) for n in range(200)]
    seqs = {channel.id: 1000 for channel in channels}
    begun, step = time.time() - 3 * 365 * 86400, 3 * 365 * 86400 / args.messages
    with connection.cursor() as cursor:
        with cursor.copy("COPY chat_message (id, channel_id, seq, author_id, text, mentions, created_at, reply_count, repliers, version) FROM STDIN") as copy:
            for number in range(args.messages):
                if number % 20_000 == 0:
                    drawn = iter(chance.choices(words, weights, k=20_000 * 16))
                    lengths = [chance.choice((3, 5, 8, 12, 16, 40)) if number % 50 == 0 else chance.choice((2, 4, 6, 9, 14)) for _ in range(20_000)]
                channel = chance.choices(channels, sizes)[0] if number % 4 == 0 else channel  # talk comes in runs
                seqs[channel.id] += 1
                text = " ".join(next(drawn) for _ in range(lengths[number % 20_000]))
                if number % 97 == 0:
                    text += f" https://exemple.fr/dossier{number:07}"
                author = authors[chance.randrange(300) % (1 + number % 300)]
                copy.write_row((uuid7(), channel.id, seqs[channel.id], author.id, text, "[]", time.strftime("%F %T+00", time.gmtime(begun + number * step)), 0, "{}", 1))
                if number % 100_000 == 99_999:
                    print(f"{number + 1} messages", file=sys.stderr, flush=True)
        for id, seq in seqs.items():
            cursor.execute("UPDATE live_stream SET seq = %s WHERE id = %s", [seq, id])
    before = time.perf_counter()
    taken = index_messages()
    told("taken into the table of words", messages_a_second=round(taken / (time.perf_counter() - before)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE chat_message")
        cursor.execute("VACUUM ANALYZE chat_words")


def told(what: str, **figures: object) -> None:
    line = {"bench": "message_search", "label": args.label, "at": time.strftime("%F %T"), "messages": args.messages, "what": what, **figures}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    if args.out:
        with args.out.open("a") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def timed(ask) -> tuple[float, float, int]:
    ask()
    times, found = [], 0
    for _ in range(args.rounds):
        began = time.perf_counter()
        found = ask()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95)], found


def rows(sql: str, **values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return len(cursor.fetchall())


def questions(me: User, guest: User) -> None:
    mine = list(Channel.objects.filter(created_by=me).values_list("id", flat=True))
    asked = {
        "a common word": ("budget", "%budget%", "budget"),
        "a word of one message in a hundred": ("inondation", "%inondation%", "inondation"),
        "a rare word": (word := rare(), f"%{word}%", word),
        "two words": ("canicule logement", "%canicule%", "canicule & logement"),
        "a phrase": ('"compte rendu"', "%compte rendu%", "compte <-> rendu"),
        "a beginning": ("préfec", "%préfec%", "prefec:*"),
        "an address": (f"dossier{(args.messages // 97 // 2) * 97:07}", f"%dossier{(args.messages // 97 // 2) * 97:07}%", None),
        "de: + dans:": ("de:personne007 dans:\"Canal 3\" service", None, None),
        "avec:lien avant:": ("avec:lien avant:2025-06-01", None, None),
        "no such word": ("xyzzyqat", "%xyzzyqat%", "xyzzyqat"),
    }
    for kind, (question, like, bare) in asked.items():
        p50, p95, found = timed(lambda q=question: len(search_messages(me, q).items))
        figures = {"found": found, "p50_ms": round(p50, 1), "p95_ms": round(p95, 1)}
        if like:
            plain, _, _ = timed(lambda v=like: rows("SELECT id FROM chat_message WHERE channel_id = ANY(%(mine)s) AND text ILIKE %(like)s ORDER BY created_at DESC LIMIT 21", mine=mine, like=v))
            figures |= {"ilike_p50_ms": round(plain, 1), "ratio_to_ilike": round(p50 / plain, 3)}
        if bare:
            gin, _, _ = timed(lambda v=bare: rows("SELECT id FROM chat_message WHERE channel_id = ANY(%(mine)s) AND to_tsvector('plano_fr', text) @@ to_tsquery('plano_fr', %(v)s) ORDER BY created_at DESC LIMIT 21", mine=mine, v=v))
            figures |= {"gin_p50_ms": round(gin, 1), "ratio_to_gin": round(p50 / gin, 3)}
        told(f"manager: {kind}", **figures)
    for kind in ("a common word", "a rare word", "no such word"):
        p50, p95, found = timed(lambda q=asked[kind][0]: len(search_messages(guest, q).items))
        told(f"guest of two channels: {kind}", found=found, p50_ms=round(p50, 1), p95_ms=round(p95, 1))


def rare() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT w FROM (SELECT unnest(string_to_array(text, ' ')) w FROM chat_message TABLESAMPLE SYSTEM (2) REPEATABLE (3)) t WHERE w !~ 'http' GROUP BY w HAVING count(*) = 1 ORDER BY length(w) DESC, w LIMIT 1")
        return str(cursor.fetchone()[0])


def send_cost(me: User) -> None:
    """The same send in turns: as it is, and with an index of words on the messages themselves."""
    channel = Channel.objects.filter(created_by=me).first()
    words = vocabulary(2000)

    def some() -> float:
        times = []
        for number in range(args.sends):
            text = " ".join(random.choices(words, k=12))
            began = time.perf_counter()
            chat.post_message(actor=me, channel_id=channel.id, id=uuid7(), text=text)
            times.append((time.perf_counter() - began) * 1000)
        return statistics.median(times)

    plain, generated = [], []
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute("DROP INDEX IF EXISTS bench_bare")
            some()
            plain.append(some())
            cursor.execute("CREATE INDEX IF NOT EXISTS bench_bare ON chat_message USING gin (to_tsvector('plano_fr', text))")
            some()
            generated.append(some())
    as_is, with_index = statistics.median(plain), statistics.median(generated)
    told("a send", as_is_ms=round(as_is, 3), with_index_on_messages_ms=round(with_index, 3), ratio=round(with_index / as_is, 3))
    before = time.perf_counter()
    taken = index_messages()
    told("taken in afterwards", messages=taken, ms_each=round((time.perf_counter() - before) * 1000 / max(1, taken), 3))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('chat_words'), pg_relation_size('chat_words_of'), pg_total_relation_size('chat_message')")
        table, index, messages = cursor.fetchone()
    told("space", words_mb=table >> 20, of_which_gin_mb=index >> 20, messages_mb=messages >> 20)


if not Workspace.objects.filter(slug="banc").exists() if "workspaces_workspace" in connection.introspection.table_names() else True:
    call_command("migrate", verbosity=0)
    fill()
me, guest = (User.objects.get(identifier=name) for name in ("banc000", "banc299"))
if not args.only_sends:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '256MB'")
        cursor.execute("CREATE INDEX IF NOT EXISTS bench_bare ON chat_message USING gin (to_tsvector('plano_fr', text))")
        cursor.execute("ANALYZE chat_message")
    questions(me, guest)
send_cost(me)
told("memory of the asking process", mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
connection.close()
embedded.stop(args.data)
