"""People: accounts, sign-in, sessions, passwords, application passwords. Knows nothing of workspaces."""
