"""The triggers that keep the journal append-only and behind its seals.

django-pgtrigger installs them and notices when one is missing or outdated. The functions that they call are plain
SQL in ``journal/sql/``: a function made by pgtrigger may be switched off by any session (``SET pgtrigger.ignore``),
and these must not be.
"""

from pathlib import Path

import pgtrigger

# Posting holds it shared until its transaction ends; sealing takes it exclusively for a moment.
POSTING_LOCK = 0x554B4D4A524E4C  # "UKM JRNL"
# Whoever makes rollups holds it exclusively; imports, which may bring entries of days that are over, share it.
ROLLUP_LOCK = 0x554B4D524F4C4C  # "UKM ROLL"
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


class TakeFingerprint(Calling):
    """After ``stamp_recorded``: triggers fire in the order of their names."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert
    function = "journal_take_fingerprint"


class SealMovesForward(Calling):
    """Never backwards, and never ahead of the clock."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    function = "journal_seal_moves_forward"


class OnlyRollups(Calling):
    """Rollups are written by whoever makes them, and says so, and by nobody else."""

    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    function = "journal_only_rollups"


class RollupsStayWhole(Calling):
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Truncate
    function = "journal_only_rollups"


def functions_sql(file: str = "0001_functions.sql") -> str:
    """The functions as of the migration that names the file; a later change is a migration with a file of its own."""
    text = (SQL / file).read_text()
    for name, value in (
        ("POSTING_LOCK", str(POSTING_LOCK)),
        ("ROLLUP_LOCK", str(ROLLUP_LOCK)),
        ("IMPORTER_ROLE", IMPORTER_ROLE),
    ):
        text = text.replace(f"%{name}%", value)
    return text
