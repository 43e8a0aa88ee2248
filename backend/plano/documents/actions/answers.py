"""An answer by mail to a comment lands in its thread."""

from uuid import UUID

from plano.accounts.models import User
from plano.documents.actions.comments import add_comment
from plano.documents.models import Comment
from plano.kernel.errors import NotFound
from plano.kernel.text import clean_text
from plano.notifications.models import Notification


def answer_comment(actor: User, told: Notification, id: UUID, text: str) -> None:
    """`add_comment` asks for the right to write there."""
    comment = Comment.objects.filter(id=told.link_id).first()
    if comment is None or comment.node_id != told.parent_id:
        raise NotFound
    thread_id = comment.thread_id or comment.id
    add_comment(actor=actor, node_id=comment.node_id, id=id, text=clean_text(text), thread_id=thread_id)
