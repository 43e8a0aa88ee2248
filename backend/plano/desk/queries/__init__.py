"""Reads over several features, always for somebody."""

from plano.desk.queries.home import home_for
from plano.desk.queries.mine import desk_for
from plano.desk.queries.search import references_for, search_for, states_for

__all__ = ["desk_for", "home_for", "references_for", "search_for", "states_for"]
