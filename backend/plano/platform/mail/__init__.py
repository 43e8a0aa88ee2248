"""Mails: one port, adapters for a folder and for SMTP. Sent after COMMIT only, in plain text, without tracking."""

from plano.platform.mail.base import Message, UnsafeHeader, send

__all__ = ["Message", "UnsafeHeader", "send"]
