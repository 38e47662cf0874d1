"""Whose visits are no visitor's: people of the organiser and of the exhibitors, known by their sign-in."""

from accounts.models import User
from accounts.roles import is_official, is_staff_role
from exhibitors.models import Membership
from expo.memo import remembered


@remembered(60)
def is_of_the_house(user_id: str) -> bool:
    """Whether the account is one of staff, an official or an exhibitor's; a shopper with an account is a visitor."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    if user is None:
        return False
    return is_staff_role(user) or is_official(user) or Membership.objects.filter(user=user).exists()
