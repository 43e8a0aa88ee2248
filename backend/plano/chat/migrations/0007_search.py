"""What search knows of messages, in a table beside them that is filled behind the sending (ADR 0018)."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# What a parser would take for a host, a path or a file is words too. Marks that no question of a person can contain
# stand beside the words: who wrote it (=a), where (=c), and of what kind it is.
BODY = """
CREATE FUNCTION plano_message_body(text text, poll jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$SELECT text || coalesce((SELECT string_agg(E'\\n' || (o ->> 'text'), '') FROM jsonb_array_elements(
    CASE jsonb_typeof(poll -> 'options') WHEN 'array' THEN poll -> 'options' ELSE '[]' END) o), '')$$
"""
WORDS = """
CREATE FUNCTION plano_message_words(channel uuid, author uuid, text text, poll jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$SELECT to_tsvector('plano_fr', translate(plano_message_body(text, poll), '._-/:@#&=?+*~|<>', '                '))
    || array_to_tsvector(ARRAY['=a' || author, '=c' || channel]
        || CASE WHEN text ~* 'https?://|www[.]' THEN ARRAY['=link'] ELSE ARRAY[]::text[] END
        || CASE WHEN poll IS NOT NULL AND poll <> 'null' THEN ARRAY['=poll'] ELSE ARRAY[]::text[] END)$$
"""
# Always by the index: the planner takes a word of many messages for a reason to read them all.
WITH = """
CREATE FUNCTION plano_messages_with(words tsquery, channels uuid[], since timestamptz, until timestamptz)
RETURNS TABLE (message_id uuid, channel_id uuid, seq bigint, at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SET enable_seqscan = off
AS $$SELECT w.message_id, w.channel_id, w.seq, w.at FROM chat_words w
     WHERE w.vector @@ words AND w.channel_id = ANY(channels) AND w.at >= since AND w.at <= until$$
"""
# An index follows the words of its table, whatever changed them. The row is written also when it is not there yet:
# whoever is filling the table at this moment with the words from before then leaves it alone.
FOLLOW = """
CREATE FUNCTION plano_message_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chat_words (message_id, channel_id, seq, at, vector)
    VALUES (NEW.id, NEW.channel_id, NEW.seq, NEW.created_at, CASE WHEN NEW.deleted_at IS NULL
        THEN plano_message_words(NEW.channel_id, NEW.author_id, NEW.text, NEW.poll) ELSE '' END)
    ON CONFLICT (message_id) DO UPDATE SET vector = excluded.vector;
    RETURN NULL;
END$$;
CREATE TRIGGER chat_words_follow AFTER UPDATE OF text, deleted_at ON chat_message FOR EACH ROW
WHEN (NEW.system IS NULL AND (OLD.text <> NEW.text OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at))
EXECUTE FUNCTION plano_message_follow();
"""
UNFOLLOW = "DROP TRIGGER chat_words_follow ON chat_message; DROP FUNCTION plano_message_follow();"
FILL = """
INSERT INTO chat_words (message_id, channel_id, seq, at, vector)
SELECT id, channel_id, seq, created_at, plano_message_words(channel_id, author_id, text, poll)
FROM chat_message WHERE system IS NULL AND deleted_at IS NULL ORDER BY created_at;
INSERT INTO chat_indexed (channel_id, seq) SELECT s.id, s.seq FROM live_stream s JOIN chat_channel c ON c.id = s.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0006_decisions"),
        ("documents", "0008_texts"),
        ("live", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Indexed",
            fields=[
                (
                    "channel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="chat.channel",
                    ),
                ),
                ("seq", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="chat.message",
                    ),
                ),
                ("channel_id", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector"], name="chat_words_of"
                    ),
                    models.Index(fields=["-at", "-message"], name="chat_words_latest"),
                ],
            },
        ),
        migrations.RunSQL(BODY, reverse_sql="DROP FUNCTION plano_message_body(text, jsonb)"),
        migrations.RunSQL(WORDS, reverse_sql="DROP FUNCTION plano_message_words(uuid, uuid, text, jsonb)"),
        migrations.RunSQL(
            WITH, reverse_sql="DROP FUNCTION plano_messages_with(tsquery, uuid[], timestamptz, timestamptz)"
        ),
        migrations.RunSQL(FOLLOW, reverse_sql=UNFOLLOW),
        migrations.RunSQL(FILL, reverse_sql="DELETE FROM chat_words; DELETE FROM chat_indexed"),
    ]
