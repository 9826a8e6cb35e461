"""The addresses of coming in, of accounts, and of the audit."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gongkai.web.accounts.views import audit, people, signin, tokens


class Key(StringConverter):
    """The opaque key of a record; anything else is no address."""

    regex = "[0-9a-z]{1,20}"


register_converter(Key, "account_key")
app_name = "accounts"
urlpatterns = [
    path("", signin.office, name="office"),
    path("sign-in/", signin.sign_in, name="sign_in"),
    path("sign-in/code/", signin.code, name="code"),
    path("sign-in/set-up/", signin.set_up, name="set_up"),
    path("sign-out/", signin.sign_out, name="sign_out"),
    path("confirm/", signin.confirm, name="confirm"),
    path("invitation/<str:token>/", signin.invitation, name="invitation"),
    path("account/", signin.mine, name="mine"),
    path("account/password/", signin.password, name="password"),
    path("account/recovery-codes/", signin.recovery_codes, name="recovery_codes"),
    path("account/tokens/", tokens.listing, name="tokens"),
    path("account/tokens/new/", tokens.new, name="new_token"),
    path("account/tokens/<account_key:key>/revoke/", tokens.revoke, name="revoke_token"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new"),
    path("people/<account_key:key>/", people.one, name="person"),
    path("people/<account_key:key>/invite/", people.invite, name="invite"),
    path("people/<account_key:key>/disable/", people.disable, name="disable"),
    path("people/<account_key:key>/enable/", people.enable, name="enable"),
    path("people/<account_key:key>/appoint/", people.appoint, name="appoint"),
    path("people/<account_key:key>/dismiss/", people.dismiss, name="dismiss"),
    path("people/<account_key:key>/reset-code/", people.reset_code, name="reset_code"),
    path("people/<account_key:key>/unlock/", people.unlock, name="unlock"),
    path("audit/", audit.entries, name="audit"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/export.csv", audit.as_csv, name="audit_csv"),
    path("audit/export.json", audit.as_json, name="audit_json"),
]
