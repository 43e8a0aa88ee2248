"""Django's routes: the API, health, and the page of the web client for everything else."""

from collections import defaultdict
from typing import Any

from django.urls import URLResolver, path, re_path
from django.urls.exceptions import Resolver404
from django.urls.resolvers import ResolverMatch, RoutePattern

from plano.config import health, web
from plano.config.api import api

API = "api/v1/"


class ByFirstWord(URLResolver):
    """Asks only the routes whose first word is the path's, instead of two hundred one after the other."""

    def __init__(self, route: str, urls: tuple[list[Any], str, str]) -> None:
        patterns, app_name, namespace = urls
        super().__init__(RoutePattern(route), patterns, app_name=app_name, namespace=namespace)
        words: dict[str, list[Any]] = defaultdict(list)
        for pattern in patterns:
            words[str(pattern.pattern).partition("/")[0]].append(pattern)
        self.route = route
        self.by_word = {
            word: URLResolver(RoutePattern(route), same, app_name=app_name, namespace=namespace)
            for word, same in words.items()
        }

    def resolve(self, path: str) -> ResolverMatch:
        if path.startswith(self.route):
            word = path[len(self.route) :].partition("/")[0]
            if word in self.by_word:
                return self.by_word[word].resolve(path)
        raise Resolver404({"tried": [], "path": path})


urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path(f"{API}openapi.json", web.openapi),
    path(f"{API}docs", web.api_docs),
    ByFirstWord(API, api.urls),
    re_path(r"^(?P<name>sw\.js|manifest\.webmanifest)$", web.root_file),
    re_path(r"^(?:api|assets|dav)(?:/.*)?$", web.absent),
    re_path(r"^(?P<path>.*)$", web.index),
]
handler404 = "plano.config.web.absent"
handler500 = "plano.config.web.broken"
