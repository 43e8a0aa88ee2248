"""Print the OpenAPI document of the API, with sorted keys, so that two runs give the same text."""

from __future__ import annotations

import argparse
import json

from plano.cli import context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indent", type=int, default=2, help="spaces of indentation (2)")


def run(options: argparse.Namespace) -> int:
    context.without_database()
    from django.core.serializers.json import DjangoJSONEncoder

    from plano.config.api import api

    document = api.get_openapi_schema(path_prefix="/api/v1/")
    print(json.dumps(document, cls=DjangoJSONEncoder, indent=options.indent, sort_keys=True, ensure_ascii=False))
    return 0
