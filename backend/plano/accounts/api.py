"""Sign-in, the person's own account, and pictures of people."""

from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import Router

from plano.accounts import actions, faces, options, queries, sessions
from plano.accounts.schemas import (
    AccessTokenIn,
    AccessTokenOut,
    AccessTokensOut,
    ApplicationPasswordIn,
    ApplicationPasswordOut,
    ApplicationPasswordsOut,
    CsrfOut,
    EmailIn,
    MeOut,
    NewAccessTokenOut,
    NewApplicationPasswordOut,
    PasswordChangeIn,
    PasswordRulesOut,
    ProfileIn,
    ProofIn,
    ResetIn,
    ResetRequestIn,
    SessionOut,
    SessionsOut,
    SetupIn,
    SignInIn,
)
from plano.kernel.errors import TooLarge
from plano.kernel.http import actor, creation_id, policy

router = Router(tags=["accounts"])
PUBLIC = policy("public")
SELF = policy("accounts.self")
PICTURE_BODY = {"required": True, "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("/csrf", auth=None, response=CsrfOut, openapi_extra=PUBLIC)
def read_csrf(request: HttpRequest) -> CsrfOut:
    """Sets the cookie `plano_csrf` in a fresh browser."""
    return CsrfOut(token=faces.csrf_token(request))


@router.get("/password-rules", auth=None, response=PasswordRulesOut, openapi_extra=PUBLIC)
def read_password_rules(request: HttpRequest) -> PasswordRulesOut:
    """What a new password must have; the reasons of a refusal say the rest."""
    return PasswordRulesOut(
        min_length=options.password_min_length(is_admin=False),
        admin_min_length=options.password_min_length(is_admin=True),
    )


@router.post("/session", auth=None, response={201: MeOut}, openapi_extra=PUBLIC)
def sign_in(request: HttpRequest, response: HttpResponse, payload: SignInIn) -> MeOut:
    """A new session, whatever the browser had before."""
    signed_in = actions.sign_in(
        identifier=payload.identifier,
        password=payload.password,
        place=faces.place_of(request),
        previous=faces.session_row(request),
    )
    faces.welcome(request, response, signed_in)
    return MeOut.from_model(signed_in.user)


@router.delete("/session", auth=None, response={204: None}, openapi_extra=PUBLIC)
def sign_out(request: HttpRequest, response: HttpResponse) -> None:
    """Ends the session if there is one; the answer is the same without."""
    session = faces.session_row(request)
    if session is not None:
        actions.sign_out(session=session)
    faces.forget(request, response)


@router.post("/session/proof", response={204: None}, openapi_extra=SELF)
def prove(request: HttpRequest, payload: ProofIn) -> None:
    """The password again; good for ten minutes."""
    session = faces.own_session(request)
    key = actions.prove(actor=actor(request), session=session, password=payload.password, place=faces.place_of(request))
    faces.renew(request, session, key)


@router.get("/me", response=MeOut, openapi_extra=policy("profile.read"))
def read_me(request: HttpRequest) -> MeOut:
    """Who is signed in."""
    faces.csrf_token(request)
    return MeOut.from_model(actor(request))


@router.patch("/me", response=MeOut, openapi_extra=SELF)
def change_me(request: HttpRequest, payload: ProfileIn) -> MeOut:
    """Changes the given fields."""
    fields = {name: value for name, value in payload.model_dump().items() if value is not None}
    return MeOut.from_model(actions.update_profile(actor=actor(request), **fields))


@router.put("/me/avatar", response=MeOut, openapi_extra={**SELF, "requestBody": PICTURE_BODY})
def set_avatar(request: HttpRequest) -> MeOut:
    """A picture of at most 5 MiB (PNG, JPEG, WebP, GIF): the body is the file."""
    try:
        content = request.body
    except RequestDataTooBig as error:
        raise TooLarge("picture_too_large") from error
    return MeOut.from_model(actions.set_avatar(actor=actor(request), content=content))


@router.delete("/me/avatar", response=MeOut, openapi_extra=SELF)
def remove_avatar(request: HttpRequest) -> MeOut:
    """Back to initials."""
    return MeOut.from_model(actions.remove_avatar(actor=actor(request)))


@router.post("/me/password", response={204: None}, openapi_extra=SELF)
def change_password(request: HttpRequest, payload: PasswordChangeIn) -> None:
    """Every other session ends."""
    session = faces.own_session(request)
    key = actions.change_password(
        actor=actor(request),
        session=session,
        current=payload.current,
        new=payload.new,
        keep_application_passwords=payload.keep_application_passwords,
        place=faces.place_of(request),
    )
    faces.renew(request, session, key)


@router.post("/me/email", response={202: None}, openapi_extra=SELF)
def request_email_change(request: HttpRequest, payload: EmailIn) -> None:
    """Sends a link to the new address."""
    actions.request_email_change(
        actor=actor(request),
        session=faces.session_row(request),
        email=payload.email,
        place=faces.place_of(request),
    )


@router.post("/me/email/{token}", response=MeOut, openapi_extra=SELF)
def confirm_email(request: HttpRequest, token: str) -> MeOut:
    """The link from the mail."""
    return MeOut.from_model(actions.confirm_email(actor=actor(request), token=token, place=faces.place_of(request)))


@router.get("/me/sessions", response=SessionsOut, openapi_extra=SELF)
def read_sessions(request: HttpRequest) -> SessionsOut:
    """The person's live sessions."""
    user, mine = actor(request), faces.own_session(request)
    return SessionsOut(
        items=[
            SessionOut.from_model(s, current=s.id == mine.id, expires_at=sessions.deadline(s, user))
            for s in queries.sessions_of(user)
        ]
    )


@router.delete("/me/sessions/{uuid:session_id}", response={204: None}, openapi_extra=SELF)
def end_session(request: HttpRequest, session_id: UUID) -> None:
    """Ends one of them."""
    actions.end_session(actor=actor(request), session_id=session_id)


@router.post("/password-resets", auth=None, response={202: None}, openapi_extra=PUBLIC)
def request_reset(request: HttpRequest, payload: ResetRequestIn) -> None:
    """A link by mail if the account exists; the answer does not say."""
    actions.request_reset(identifier=payload.identifier, place=faces.place_of(request))


@router.post("/password-resets/{token}", auth=None, response={204: None}, openapi_extra=PUBLIC)
def use_reset_link(request: HttpRequest, response: HttpResponse, token: str, payload: ResetIn) -> None:
    """The new password; signing in comes after."""
    device = actions.use_reset_link(token=token, password=payload.password, place=faces.place_of(request))
    faces.remember(response, device)


@router.get("/me/application-passwords", response=ApplicationPasswordsOut, openapi_extra=SELF)
def read_application_passwords(request: HttpRequest) -> ApplicationPasswordsOut:
    """Without their secrets."""
    rows = queries.application_passwords_of(actor(request))
    return ApplicationPasswordsOut(items=[ApplicationPasswordOut.from_model(row) for row in rows])


@router.post("/me/application-passwords", response={201: NewApplicationPasswordOut}, openapi_extra=SELF)
def create_application_password(request: HttpRequest, payload: ApplicationPasswordIn) -> NewApplicationPasswordOut:
    """Shown once."""
    row, password = actions.create_application_password(
        actor=actor(request),
        session=faces.session_row(request),
        id=creation_id(request, payload.id),
        name=payload.name,
        reach=payload.reach,
        can_write=payload.can_write,
        expires_at=payload.expires_at,
    )
    shown = ApplicationPasswordOut.from_model(row)
    return NewApplicationPasswordOut(application_password=shown, password=password)


@router.delete("/me/application-passwords/{uuid:password_id}", response={204: None}, openapi_extra=SELF)
def revoke_application_password(request: HttpRequest, password_id: UUID) -> None:
    """It opens nothing any more."""
    actions.revoke_application_password(actor=actor(request), password_id=password_id)


@router.get("/me/access-tokens", response=AccessTokensOut, openapi_extra=SELF)
def read_access_tokens(request: HttpRequest) -> AccessTokensOut:
    """Without their secrets."""
    return AccessTokensOut(items=[AccessTokenOut.from_model(row) for row in queries.access_tokens_of(actor(request))])


@router.post("/me/access-tokens", response={201: NewAccessTokenOut}, openapi_extra=SELF)
def create_access_token(request: HttpRequest, payload: AccessTokenIn) -> NewAccessTokenOut:
    """Shown once. No token opens this route."""
    row, token = actions.create_access_token(
        actor=actor(request),
        session=faces.session_row(request),
        id=creation_id(request, payload.id),
        name=payload.name,
        scopes=payload.scopes,
        expires_at=payload.expires_at,
    )
    return NewAccessTokenOut(access_token=AccessTokenOut.from_model(row), token=token)


@router.delete("/me/access-tokens/{uuid:token_id}", response={204: None}, openapi_extra=SELF)
def revoke_access_token(request: HttpRequest, token_id: UUID) -> None:
    """It opens nothing any more."""
    actions.revoke_access_token(actor=actor(request), token_id=token_id)


@router.post("/setup/{token}", auth=None, response={201: MeOut}, openapi_extra=PUBLIC)
def set_up(request: HttpRequest, token: str, payload: SetupIn) -> MeOut:
    """The first administrator."""
    user = actions.use_setup_link(
        token=token,
        identifier=payload.identifier,
        name=payload.name,
        email=payload.email,
        password=payload.password,
        language=payload.language,
        time_zone=payload.time_zone,
        place=faces.place_of(request),
    )
    return MeOut.from_model(user)


@router.get("/people/{uuid:person_id}/avatar", openapi_extra=policy("accounts.acquaintance"))
def read_avatar(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The picture of oneself or of somebody with whom one shares a workspace."""
    return HttpResponse(queries.picture_for(actor(request), person_id), content_type="image/webp")
