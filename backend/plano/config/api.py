"""The JSON API assembled from the features' routers. A feature without its face does not start."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import APIKeyCookie, HttpBearer

from plano.accounts.models import User
from plano.accounts.options import cookie_name
from plano.config import errors
from plano.config.renderer import Renderer
from plano.platform.live import kinds

FEATURES = (
    "accounts",
    "workspaces",
    "notifications",
    "documents",
    "tasks",
    "chat",
    "meetings",
    "calendar",
    "desk",
)


class SessionCookie(APIKeyCookie):
    """The browser's session; its middleware has found the person already."""

    param_name = cookie_name("plano_session")

    def __init__(self) -> None:
        super().__init__(csrf=False)  # config.middleware.Csrf checks every change

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        return request.user if request.user.is_authenticated else None


class AccessToken(HttpBearer):
    """A program of a person: `Authorization: Bearer plano_pat_…`, within its scopes (docs/develop/api.md)."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return request.user if request.user.is_authenticated else None


class PlanoAPI(NinjaAPI):
    """OpenAPI 3.1 with the schemas of live frames, so that clients type both ways from one document."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        add_frames(schema)
        return schema


def add_frames(schema: Any) -> None:
    """One schema per live kind, and `LiveKinds` that maps the kind's name to it."""
    components = schema["components"]["schemas"]
    properties: dict[str, Any] = {}
    for kind in kinds():
        model = kind.schema.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        for name, definition in model.pop("$defs", {}).items():
            components.setdefault(name, definition)
        components.setdefault(kind.schema.__name__, model)
        properties[kind.name] = {"$ref": f"#/components/schemas/{kind.schema.__name__}"}
    components["LiveKinds"] = {
        "type": "object",
        "title": "LiveKinds",
        "description": "The payload of a `changed` frame, by kind.",
        "properties": properties,
        "required": sorted(properties),
    }


def assemble() -> NinjaAPI:
    """All routers of all features."""
    api = PlanoAPI(
        title="Plano",
        version="1.0.0",
        description="The API of Plano. The web client uses nothing else.",
        auth=[SessionCookie(), AccessToken()],
        docs_url=None,
        openapi_url=None,
        renderer=Renderer(),
        urls_namespace="api",
    )
    errors.install(api)
    for feature in FEATURES:
        module = import_module(f"plano.{feature}.api")
        api.add_router("", module.router)
    return api


api = assemble()
