"""Search that reads no more than it finds.

What is said of a node (name, description, tags) without accents and capitals, under an index of pieces of three
letters. And the names and contents that have some words, always by their index: the planner takes a word of half the
library for a reason to read all of it, and does not know what it costs to unpack texts.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION plano_told(name text, description text, tags text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT lower(unaccent(
        ' ' || translate(name, '._-', '   ') || ' ' || description || ' ' || array_to_string(tags, ' ')));
END
"""
INDEX = """CREATE INDEX documents_node_told ON documents_node
    USING gin (plano_told(name, description, tags::text[]) gin_trgm_ops) WHERE deleted_at IS NULL"""
NAMES = """
CREATE FUNCTION plano_names_with(words tsquery) RETURNS TABLE (id uuid, scope_id uuid, modified_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SET enable_seqscan = off
AS $$SELECT n.id, n.scope_id, n.modified_at FROM documents_node n
     WHERE to_tsvector('plano_fr', translate(n.name, '._-', '   ')) @@ words AND n.deleted_at IS NULL$$
"""
TEXTS = """
CREATE FUNCTION plano_texts_with(words tsquery) RETURNS TABLE (node_id uuid, number integer)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SET enable_seqscan = off
AS $$SELECT t.node_id, t.number FROM documents_text t WHERE t.vector @@ words$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0013_approvals"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, reverse_sql="DROP FUNCTION plano_told(text, text, text[])"),
        migrations.RunSQL(INDEX, reverse_sql="DROP INDEX documents_node_told"),
        migrations.RunSQL(NAMES, reverse_sql="DROP FUNCTION plano_names_with(tsquery)"),
        migrations.RunSQL(TEXTS, reverse_sql="DROP FUNCTION plano_texts_with(tsquery)"),
    ]
