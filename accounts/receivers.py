"""What accounts do when something happens: an address turned out to be somebody's."""

from allauth.account.signals import email_confirmed
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.contrib import messages
from django.dispatch import receiver
from django.utils.translation import gettext as _


@receiver(email_confirmed)
def forget_password_of_unknown(sender, request, email_address, **signal):
    """Whoever gave this address and a password need not be who reads its mail.

    A stranger could sign up with an address, wait until its reader comes in by a mail, and then use the password.
    It stays where the code is typed into the page that signed up, or where the link is opened in that browser.
    """
    user = email_address.user
    if user.last_login is not None or not user.has_usable_password() or signed_up_here(request, user):
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    messages.warning(
        request,
        _("Demi keamanan, kata sandi dari pendaftaran dihapus. Buat yang baru, atau masuk selalu lewat surel."),
    )


def signed_up_here(request, user) -> bool:
    """Whether this browser is the one in which the sign-up of ``user`` waits for its address."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    return bool(stage and stage.login.user and stage.login.user.pk == user.pk)
