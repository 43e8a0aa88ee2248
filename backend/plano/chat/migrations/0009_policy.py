import django.db.models.deletion
from django.db import migrations, models

import plano.kernel.clock
import plano.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0008_files"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="erased",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="ChatPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=plano.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=plano.kernel.clock.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(default=plano.kernel.clock.now)),
                (
                    "edits",
                    models.CharField(
                        choices=[("always", "Always"), ("minutes", "Minutes"), ("never", "Never")],
                        default="always",
                        max_length=10,
                    ),
                ),
                ("edit_minutes", models.PositiveIntegerField(default=15)),
                ("traces", models.BooleanField(default=True)),
                ("revisions", models.BooleanField(default=True)),
                (
                    "pins",
                    models.CharField(
                        choices=[("members", "Members"), ("managers", "Managers")], default="members", max_length=10
                    ),
                ),
                ("exports", models.BooleanField(default=False)),
                ("webhooks", models.BooleanField(default=True)),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.workspace"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
