"""What buyers and exhibitors fill in, by subject."""

from orders.forms.cart import AddForm, QuantityForm, WordsForm
from orders.forms.checkout import CheckoutForm
from orders.forms.fulfilment import ReasonForm, ShipmentForm
from orders.forms.payments import ConfirmForm, ProofForm
from orders.forms.reviews import ReviewForm

__all__ = [
    "AddForm",
    "CheckoutForm",
    "ConfirmForm",
    "ProofForm",
    "QuantityForm",
    "ReasonForm",
    "ReviewForm",
    "ShipmentForm",
    "WordsForm",
]
