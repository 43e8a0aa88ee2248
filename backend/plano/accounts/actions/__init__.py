"""Every verb about accounts. One unit of work each; the only place of this feature that writes and emits."""

from plano.accounts.actions.access_tokens import create_access_token, revoke_access_token
from plano.accounts.actions.administration import (
    create_user,
    disable_user,
    enable_user,
    reset_password,
    setup_link,
    use_setup_link,
)
from plano.accounts.actions.application_passwords import (
    authenticate_dav,
    create_application_password,
    revoke_application_password,
)
from plano.accounts.actions.email import confirm_email, request_email_change
from plano.accounts.actions.passwords import change_password, request_reset, send_reset_link, use_reset_link
from plano.accounts.actions.profile import remove_avatar, set_avatar, update_profile
from plano.accounts.actions.signing import Place, SignedIn, end_session, prove, sign_in, sign_out, start_session

__all__ = [
    "Place",
    "SignedIn",
    "authenticate_dav",
    "change_password",
    "confirm_email",
    "create_access_token",
    "create_application_password",
    "create_user",
    "disable_user",
    "enable_user",
    "end_session",
    "prove",
    "remove_avatar",
    "request_email_change",
    "request_reset",
    "reset_password",
    "revoke_access_token",
    "revoke_application_password",
    "send_reset_link",
    "set_avatar",
    "setup_link",
    "sign_in",
    "sign_out",
    "start_session",
    "update_profile",
    "use_reset_link",
    "use_setup_link",
]
