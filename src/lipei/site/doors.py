"""ONE table: every address by its name, and the verb that opens it. What is not in the table stays shut.

`PUBLIC` pages need no login; `LOGGED_IN` any colleague; everything else the named verb of `staff.permissions`.
The machine door (`api:…`) checks its own tokens; it stands here as `PARTNER`.
"""

from __future__ import annotations

PUBLIC = "-public-"
LOGGED_IN = "-logged in-"
PARTNER = "-partner-"

DOORS: dict[str, str] = {
    # the frame
    "login": PUBLIC,
    "login_as": PUBLIC,
    "health": PUBLIC,
    "logout": LOGGED_IN,
    "home": LOGGED_IN,
    # account pages of the login library: own password and second factor
    "account_change_password": LOGGED_IN,
    "account_reauthenticate": LOGGED_IN,
    "mfa_index": LOGGED_IN,
    "mfa_activate_totp": LOGGED_IN,
    "mfa_deactivate_totp": LOGGED_IN,
    "mfa_view_recovery_codes": LOGGED_IN,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "mfa_download_recovery_codes": LOGGED_IN,
    "mfa_reauthenticate": LOGGED_IN,
    "mfa_authenticate": PUBLIC,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
}
