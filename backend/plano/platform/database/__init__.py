"""Django's PostgreSQL backend with a faster reading of instants. The name is the `ENGINE` of the settings."""
