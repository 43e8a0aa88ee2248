"""The answers of the notifications' routes: everybody has their own list."""

from tests.architecture.matrix import Cell, everybody

ROUTES = [
    Cell("GET", "/notifications", everybody(200)),
    Cell("POST", "/notifications/read", everybody(204), body=lambda world, values: {"all": True}),
]
