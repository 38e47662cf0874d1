"""Work of which a server does only so much at a time: places in the store, given back or forgotten after a while."""

import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from expo.store import redis_client

GIVE_BACK = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 0"


class BusyError(DomainError):
    """Every place is taken."""


@contextmanager
def one_of(scope: str, most: int, seconds: int) -> Iterator[None]:
    """A place among ``most`` of this server, for ``seconds`` if its process dies; BusyError where none is free."""
    ours = uuid.uuid4().hex
    for number in range(most):
        name = f"expo:slot:{scope}:{socket.gethostname()}:{number}"
        if redis_client().set(name, ours, nx=True, ex=seconds):
            break
    else:
        raise BusyError(_("Server sedang memeriksa berkas orang lain. Coba lagi sebentar lagi."))
    try:
        yield
    finally:
        redis_client().eval(GIVE_BACK, 1, name, ours)
