"""`request.session` over `accounts.Session`, so that Django, allauth and the test client find what they expect."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from plano.accounts import sessions
from plano.accounts.models import Session
from plano.accounts.tokens import new_token, token_hash
from plano.kernel import clock


class SessionStore(SessionBase):
    """Reads at most one row per request. Nothing is written unless somebody changed the content."""

    row: Session | None = None

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)

    def load(self) -> dict[str, Any]:
        self.row = sessions.live_session(self._session_key)
        if self.row is None:
            self._session_key = None
            return {}
        content = dict(self.row.payload)
        if self.row.user_id:
            content[SESSION_KEY] = str(self.row.user_id)
        return content

    def adopt(self, row: Session, key: str) -> None:
        """Continue with another row: after sign-in or a renewed key."""
        self.row = row
        self._session_key = key
        self._session_cache = {**row.payload, SESSION_KEY: str(row.user_id)}
        self.accessed, self.modified = True, False

    def forget(self) -> None:
        """The row is gone; the cookie goes with it."""
        self.row = None
        self._session_key = None
        self._session_cache = {}
        self.accessed, self.modified = True, False

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=token_hash(session_key)).exists()

    def create(self) -> None:
        self._session_key = new_token()
        self.row = None
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self._session_key is None:
            self.create()
            return
        content = dict(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        user_id = content.pop(SESSION_KEY, None)
        fields: dict[str, Any] = {"user_id": user_id, "payload": content}
        row = Session.objects.filter(key_hash=token_hash(self._session_key)).first()
        if row is None:
            row = Session(key_hash=token_hash(self._session_key))
        if user_id and str(row.user_id or "") != user_id:
            fields["proved_at"] = clock.now()
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        self.row = row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self._session_key
        if key:
            Session.objects.filter(key_hash=token_hash(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        sessions.forget_expired()
