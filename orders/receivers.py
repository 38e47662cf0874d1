"""What orders do when something happens elsewhere."""


def bring_cart_along(sender, request, user, **kwargs) -> None:
    """Signed in: the cart that was filled before comes along."""
    from orders.views.basket import bring_cart

    if request is not None:
        bring_cart(request, user)
