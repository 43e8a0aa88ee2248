"""Answers as JSON by orjson."""

from typing import Any

import orjson
from django.http import HttpRequest
from ninja.renderers import BaseRenderer


class Renderer(BaseRenderer):
    """Schemas are dumped by Ninja already; orjson knows UUID and datetime."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS, default=str)
