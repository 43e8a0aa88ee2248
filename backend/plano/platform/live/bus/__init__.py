"""The way between nodes: numbers and ephemera, never content that must not be lost."""
