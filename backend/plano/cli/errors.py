"""The one kind of failure that a sub-command raises."""


class CommandError(Exception):
    """One sentence for the person at the terminal: what failed and what to do."""
