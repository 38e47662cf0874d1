"""The triggers that keep the journal append-only and behind its seals.

django-pgtrigger installs them and notices when one is missing or outdated. The functions that they call are plain
SQL in ``journal/sql/``: a function made by pgtrigger may be switched off by any session (``SET pgtrigger.ignore``),
and these must not be.
"""

from pathlib import Path

import pgtrigger

# Posting holds it shared until its transaction ends; sealing takes it exclusively for a moment.
POSTING_LOCK = 0x554B4D4A524E4C  # "UKM JRNL"
IMPORTER_ROLE = "expo_journal_importer"

SQL = Path(__file__).parent / "sql"


class Calling(pgtrigger.Trigger):
    """A trigger that executes ``function`` instead of a generated one."""

    func = "RETURN NULL;"  # of the generated function, which nothing calls
    function: str

    def render_execute(self, model) -> str:
        return f"{self.function}()"


class RefuseRows(Calling):
    """Rows stay as they are: no UPDATE, no DELETE."""

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete
    function = "journal_refuse_change"


class RefuseTruncate(Calling):
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Truncate
    function = "journal_refuse_change"


class PosterLock(Calling):
    """Every statement that posts shares the posting lock until its transaction ends."""

    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    function = "journal_share_posting_lock"


class StampRecorded(Calling):
    """``recorded_at`` is the database's; only the importer supplies it, never in the future nor behind a seal."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert
    function = "journal_stamp_recorded"


class SealMovesForward(Calling):
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete
    function = "journal_seal_moves_forward"


def functions_sql() -> str:
    """The functions as of the first migration. A later change is a migration of its own with its own file."""
    text = (SQL / "0001_functions.sql").read_text()
    return text.replace("%POSTING_LOCK%", str(POSTING_LOCK)).replace("%IMPORTER_ROLE%", IMPORTER_ROLE)
