"""Plano: the shared office of a public service."""
