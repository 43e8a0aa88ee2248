"""Workspaces, their members and roles, invitations; the access scopes that every other feature asks."""
