"""What orders do when something happens: an order completed, somebody signed in."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from expo.mail import queue_mail
from orders.signals import order_completed


@receiver(order_completed)
def invite_to_review(sender, order, **signal):
    """Ask the buyer what the goods were like, once for each order."""
    if not order.buyer_email:
        return
    lines = order.lines.select_related("product").order_by("pk")
    queue_mail(
        to=order.buyer_email,
        template="orders/mail/review_buyer",
        context={"order": order, "lines": list(lines)},
        language=order.language,
        key=f"order:review_buyer:{order.pk}",
    )


@receiver(user_logged_in)
def bring_cart_along(sender, request, user, **signal):
    """The cart that was filled before signing in comes along."""
    from orders.views.basket import bring_cart

    if request is not None:
        bring_cart(request, user)
