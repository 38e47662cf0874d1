"""What allauth asks of somebody who signs in by mail. Apart from accounts.forms, which allauth's own forms import."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context as current
from django.core.exceptions import ValidationError

from accounts.sign_in_links import ASKED, SignInError, person_at, use_link


class SignInMailForm(RequestLoginCodeForm):
    def clean_email(self):
        """The same answer whoever is meant, and also when nobody is."""
        email = super().clean_email()
        self._user = person_at(email)
        return email


class SignInCodeForm(ConfirmLoginCodeForm):
    def clean_code(self):
        """The right code uses up the link beside it; if that was used, so is the code."""
        code = super().clean_code()
        request = current.request
        try:
            use_link(request.session.get(ASKED, ""), typed_by=request._login_stage.login.user)
        except SignInError as error:
            raise ValidationError(error.message) from None
        return code
