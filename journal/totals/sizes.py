"""How large a transaction is, of the entries that are asked about: SQL over them, in rupiah.

``SIZE``: what was paid (refunds and corrections taken off) and what is still promised. A payment on a promise from
before the period takes off more than was promised in it: that is no promise, so nothing is left of it, and what was
paid stands. ``NETTED`` lets the two cancel each other out, as recaps of rules 1 and 2 had it. Of all that was recorded
from the beginning on the two are the same (docs/adr/0204).
"""

PAID = "coalesce(sum(amount) FILTER (WHERE measure = 'realised'), 0)"
PROMISED = "coalesce(sum(amount) FILTER (WHERE measure = 'committed'), 0)"
SIZE = f"({PAID} + greatest({PROMISED}, 0))::bigint"
NETTED = "sum(amount)::bigint"
