"""The `plano` command: one file per sub-command."""
