"""Django's routes: the API, health, and the page of the web client for everything else."""

from django.urls import path, re_path

from plano.config import health, web
from plano.config.api import api

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("api/v1/openapi.json", web.openapi),
    path("api/v1/docs", web.api_docs),
    path("api/v1/", api.urls),
    re_path(r"^(?:api|assets|dav)(?:/.*)?$", web.absent),
    re_path(r"^(?P<path>.*)$", web.index),
]
handler404 = "plano.config.web.absent"
handler500 = "plano.config.web.broken"
