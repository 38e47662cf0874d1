"""What orders tell to those who listen."""

from django.dispatch import Signal

# order: completed a moment ago, in the same transaction; event: the line of its history.
order_completed = Signal()
