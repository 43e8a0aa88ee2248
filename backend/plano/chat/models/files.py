"""Files of conversations: documents of the library. `Message.files` holds their ids for the page of messages."""

from django.db import models

from plano.chat.models.channels import Channel
from plano.chat.models.messages import Message
from plano.kernel.clock import now


class MessageFile(models.Model):
    """A document that a message carries: to find the files of a conversation, and where a document was cited."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="file_rows", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)
    node = models.ForeignKey("documents.Node", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    """The message's, to list the latest first without a join."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "node"], name="chat_file_once"),)
        indexes = (models.Index(fields=["channel", "-seq"], name="chat_files_of"),)


class Attachment(models.Model):
    """A file that somebody put into a conversation's folder to send it, and has not sent yet."""

    node = models.OneToOneField("documents.Node", on_delete=models.CASCADE, primary_key=True, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    touched_at = models.DateTimeField(default=now, db_index=True)


class FilesPlace(models.Model):
    """The folder of a workspace above those of its conversations, whatever it is called since."""

    workspace = models.OneToOneField(
        "workspaces.Workspace", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    node = models.OneToOneField("documents.Node", on_delete=models.CASCADE, related_name="+")
