"""What was public stays as it was: the database refuses to change it, whoever asks.

Known to have begun is what was published at once, and what the ticker has seen begin. The clock of the database is not
asked, because time is an argument here. On SQLite only changes are refused: `manage.py flush` deletes row by row there,
and could not be told from anybody else. On both the actions are the only code that deletes, and only what is planned.

When SQLite makes the table anew for a later migration, its triggers go with the old one: that migration has to run
`guard` again. tests/models/test_publication.py notices.
"""

from django.db import migrations

FROZEN = ("story_id", "revision_id", "live_from", "slug", "change", "note", "created_at")
HAS_BEGUN = "(OLD.begin_done_at IS NOT NULL OR OLD.created_at >= OLD.live_from)"
WORDS = "What was public stays as it was."

SQLITE = [
    f"""
    CREATE TRIGGER articles_publication_stays BEFORE UPDATE OF {", ".join(FROZEN)} ON articles_publication
    WHEN {HAS_BEGUN} AND ({" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FROZEN)})
    BEGIN
        SELECT RAISE(ABORT, '{WORDS}');
    END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION articles_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    f"""
    CREATE TRIGGER articles_publication_stays BEFORE UPDATE OF {", ".join(FROZEN)} ON articles_publication
    FOR EACH ROW WHEN (
        {HAS_BEGUN} AND ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FROZEN)})
    ) EXECUTE FUNCTION articles_publication_stays()
    """,
    f"""
    CREATE TRIGGER articles_publication_is_kept BEFORE DELETE ON articles_publication
    FOR EACH ROW WHEN ({HAS_BEGUN}) EXECUTE FUNCTION articles_publication_stays()
    """,
]
UNGUARD = {
    "sqlite": ["DROP TRIGGER articles_publication_stays"],
    "postgresql": [
        "DROP TRIGGER articles_publication_is_kept ON articles_publication",
        "DROP TRIGGER articles_publication_stays ON articles_publication",
        "DROP FUNCTION articles_publication_stays()",
    ],
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNGUARD.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0007_keeping"),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
