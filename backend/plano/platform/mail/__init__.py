"""Mails: one port, adapters for a folder and for SMTP. Sent after COMMIT only, without tracking."""

from plano.platform.mail.base import Message, UnsafeHeader, host, send

__all__ = ["Message", "UnsafeHeader", "host", "send"]
