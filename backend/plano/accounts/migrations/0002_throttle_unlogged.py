from django.db import migrations


class Migration(migrations.Migration):
    """Counters of failures need no durability: losing them in a crash forgives, and writing them is cheaper."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL("ALTER TABLE accounts_throttle SET UNLOGGED", "ALTER TABLE accounts_throttle SET LOGGED"),
    ]
