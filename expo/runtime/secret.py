"""The demonstration's secret key: made once per checkout, never the same in two places."""

import os
import secrets
from pathlib import Path

from expo.runtime.paths import Layout


def demonstration_key(layout: Layout) -> str:
    path = layout.state / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(f"{path}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # whole or not at all, and the first one wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
