"""Keeps mails in a list: the contract test's second adapter."""

from plano.platform.mail.base import Message


class Memory:
    """Everything delivered, in order."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def deliver(self, message: Message) -> None:
        self.sent.append(message)
