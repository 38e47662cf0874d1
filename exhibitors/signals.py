"""What the upper floors hear of exhibitors. Sent inside the transaction of the change."""

from django.dispatch import Signal

# exhibitor, before, after (states): the catalogue shows or withdraws the exhibitor's products.
exhibitor_curated = Signal()
# booth: a new place in an edition; the catalogue puts the exhibitor's approved products there.
booth_opened = Signal()
