"""Answers that several routes share."""

from django.http import HttpResponse

from plano.chat.schemas import (
    MessageOut,
)
from plano.kernel.http import etag


def json(body: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json")


def tagged(response: HttpResponse, message: MessageOut) -> MessageOut:
    response["ETag"] = etag(message.version)
    return message
