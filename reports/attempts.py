"""What is done once the work itself is safe, and done again by every tick."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)


def attempt(work: Callable[[], object]) -> None:
    """A failure is logged and nobody else's: what was done before must not look as if it had failed, too."""
    try:
        work()
    except Exception:
        logger.exception("%s failed; the next tick does it again", work)
