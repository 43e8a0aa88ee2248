from django.db import migrations, models


class Migration(migrations.Migration):
    """Who has Plano before their eyes: of no use after a minute, so a crash may lose it."""

    dependencies = [("live", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Here",
            fields=[
                ("user_id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "live_here"},
        ),
        migrations.RunSQL("ALTER TABLE live_here SET UNLOGGED", migrations.RunSQL.noop),
    ]
