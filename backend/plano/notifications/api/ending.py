"""The link in every mail that ends such mails. Public: the signed word is the proof, and ends mails only."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from ninja import Router

from plano.kernel.http import policy
from plano.notifications import actions, mails
from plano.notifications.schemas import EndOut

router = Router(tags=["notifications"])


@router.get("/mail/end/{word}", auth=None, response={302: None}, openapi_extra=policy("public"))
def open_end(request: HttpRequest, word: str) -> HttpResponse:
    """A person followed the header's link: to the page that asks. Nothing ends by looking."""
    actions.what_ends(word=word)
    return HttpResponseRedirect(f"{mails.END_PATH}{word}")


@router.get("/mail/end/{word}/what", auth=None, response=EndOut, openapi_extra=policy("public"))
def read_end(request: HttpRequest, word: str) -> EndOut:
    """Which mails would end."""
    return actions.what_ends(word=word)[1]


@router.post("/mail/end/{word}", auth=None, response=EndOut, openapi_extra=policy("public"))
def end(request: HttpRequest, word: str) -> EndOut:
    """They end: from the page, or by the mail program itself (RFC 8058)."""
    return actions.end_mails(word=word)
