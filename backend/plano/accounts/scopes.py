"""What an access token may open: areas to read and to write, from the policy that each route declares (P1).

What is not listed here is refused: accounts, security, tokens, administration, people's rights, what anybody opens.
"""

SAFE = ("GET", "HEAD", "OPTIONS")
AREAS = ("chat", "documents", "tasks", "calendar", "notifications")
PROFILE = "profile:read"
SCOPES = (*(f"{area}:{act}" for area in AREAS for act in ("read", "write")), PROFILE)
_AREA_OF_POLICY = {
    "chat.read": "chat",
    "chat.post": "chat",
    "chat.reply": "chat",
    "chat.react": "chat",
    "chat.pin": "chat",
    "chat.edit_own": "chat",
    "chat.delete": "chat",
    "chat.own": "chat",
    "documents.read": "documents",
    "documents.write": "documents",
    "documents.read_or_write": "documents",
    "upload.own": "documents",
    "task.read": "tasks",
    "task.write": "tasks",
    "calendar.write": "calendar",
    "calendar.answer": "calendar",
}
_OF_ITS_ROOM = ("own", "signed_in", "workspace.see", "workspace.write", "scope.read")
_OF_PEOPLE = ("profile.read", "accounts.acquaintance", "signed_in", "workspace.see")


def needed(*, feature: str, policy: str, method: str, path: str) -> str | None:
    """The scope that a route asks of a token; None when no token opens it. `path` begins after `/api/v1`."""
    if path.startswith("/me/"):
        return None
    act = "read" if method in SAFE else "write"
    area = _AREA_OF_POLICY.get(policy)
    if area is None and feature in AREAS and policy in _OF_ITS_ROOM:
        area = feature
    if area is not None:
        return f"{area}:{act}"
    people = feature in ("accounts", "workspaces", "notifications") and policy in _OF_PEOPLE
    return PROFILE if people and act == "read" else None


def kinds_of(scopes: list[str]) -> tuple[str, ...]:
    """The beginnings of the names of live frames that a token with these scopes hears."""
    heard = [f"{area}." for area in AREAS if f"{area}:read" in scopes]
    return (*heard, *(("accounts.", "workspaces.") if PROFILE in scopes else ()))
