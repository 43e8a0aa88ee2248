"""Telling a person what concerns them: a list in their own scope. Preferences, push and digests come later."""
