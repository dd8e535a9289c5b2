"""What readers had in a list stays as it was: the database refuses to change it, whoever asks.

As 0008 does for publications, and with the same reasons: known to have begun is what began at once, and what the ticker
has seen begin; on SQLite only changes are refused, because `manage.py flush` deletes row by row there. A version of a
list never changes at all.

When SQLite makes one of the tables anew for a later migration, its triggers go with the old one: that migration has to
run `guard` again. tests/models/test_list_guards.py notices.
"""

from django.db import migrations

FROZEN = ("story_list_id", "revision_id", "kind", "starts_at", "created_at")
HAS_BEGUN = "(OLD.starts_at IS NOT NULL AND (OLD.begin_done_at IS NOT NULL OR OLD.created_at >= OLD.starts_at))"
WORDS = "What readers had in a list stays as it was."
# Not who saved it: a login that is deleted takes its name away.
OF_VERSION = ("story_list_id", "number", "stored", "digest", "created_at", "comment")

SQLITE = [
    f"""
    CREATE TRIGGER articles_listedition_stays BEFORE UPDATE OF {", ".join(FROZEN)} ON articles_listedition
    WHEN {HAS_BEGUN} AND ({" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FROZEN)})
    BEGIN
        SELECT RAISE(ABORT, '{WORDS}');
    END
    """,
    f"""
    CREATE TRIGGER articles_listrevision_stays BEFORE UPDATE OF {", ".join(OF_VERSION)} ON articles_listrevision
    WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in OF_VERSION)}
    BEGIN
        SELECT RAISE(ABORT, '{WORDS}');
    END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION articles_lists_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    f"""
    CREATE TRIGGER articles_listedition_stays BEFORE UPDATE OF {", ".join(FROZEN)} ON articles_listedition
    FOR EACH ROW WHEN (
        {HAS_BEGUN} AND ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FROZEN)})
    ) EXECUTE FUNCTION articles_lists_stay()
    """,
    f"""
    CREATE TRIGGER articles_listedition_is_kept BEFORE DELETE ON articles_listedition
    FOR EACH ROW WHEN ({HAS_BEGUN}) EXECUTE FUNCTION articles_lists_stay()
    """,
    f"""
    CREATE TRIGGER articles_listrevision_stays BEFORE UPDATE OF {", ".join(OF_VERSION)} ON articles_listrevision
    FOR EACH ROW WHEN ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in OF_VERSION)})
    EXECUTE FUNCTION articles_lists_stay()
    """,
]
UNGUARD = {
    "sqlite": ["DROP TRIGGER articles_listrevision_stays", "DROP TRIGGER articles_listedition_stays"],
    "postgresql": [
        "DROP TRIGGER articles_listrevision_stays ON articles_listrevision",
        "DROP TRIGGER articles_listedition_is_kept ON articles_listedition",
        "DROP TRIGGER articles_listedition_stays ON articles_listedition",
        "DROP FUNCTION articles_lists_stay()",
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
        ("articles", "0010_story_lists"),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
