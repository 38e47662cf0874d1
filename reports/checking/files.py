"""What a file that somebody holds is, compared with what was sealed and issued.

Only bytes that we issued are called ours. A PDF that was saved again or signed elsewhere still carries the seal, but
nobody can tell from it what its pages show: the answer says so, and the page shows the sealed figures beside it.
"""

from django.db.models import F
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from reports import chain
from reports.attachments import MOST_BYTES, SealedFileError, seal_in
from reports.checking.answers import Checked, FileError, Kind
from reports.checking.json_reading import read_claims
from reports.checking.open_data import check_csv, check_dataset, check_public, differences, recap_of
from reports.checking.workbooks import check_workbook
from reports.child import UnreadableError
from reports.issued import issued_as, issued_within
from reports.models import Recap
from reports.public.columns import COLUMNS
from reports.queries import recap_by_code, slim

MOST_JSON = 10 * 1024 * 1024
KEYS = tuple(column.key for column in COLUMNS)


def check(data: bytes) -> Checked:
    """What the file is. FileError or SealedFileError, in a sentence, for one that cannot be read."""
    if not data.strip(b"\0 \r\n\t"):
        raise FileError(_("Berkas ini kosong."))
    if len(data) > MOST_BYTES:
        raise FileError(_("Berkas ini lebih besar dari 20 MB; berkas rekap tidak sebesar itu."))
    if issued := issued_as(data):
        return Checked(Kind.ISSUED, recap_of(pk=issued.recap_id), issued.format)
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return _json(data)
    if is_sheet(data):
        return check_workbook(data) or Checked(Kind.UNSEALED, format="sheet")
    return check_csv(data) or Checked(Kind.UNSEALED, format="other")


def is_sheet(data: bytes) -> bool:
    """A workbook or an archive of tables: XLSX, ODS, zipped CSV."""
    return data.startswith(b"PK\x03\x04")


def _pdf(data: bytes) -> Checked:
    try:
        found = seal_in(data)
    except SealedFileError as error:
        if not error.is_unsealed:
            raise
        return Checked(Kind.UNSEALED, format="pdf")
    recap = recap_of(sha256=found.sha256)
    if recap is None:
        # Its number or code may be one of ours all the same: that is no proof, but worth being told.
        return Checked(Kind.FOREIGN, recap_by_code(found.code), "pdf", found.signatures)
    kind = Kind.APPENDED if issued_within(recap, data) else Kind.SEALED_DATA
    if found.code != recap.code:
        kind = Kind.ALTERED
    return Checked(kind, recap, "pdf", found.signatures)


def _json(data: bytes) -> Checked:
    if recap := recap_of(sha256=chain.sha256(data)):
        return Checked(Kind.ISSUED, recap, "json")
    if len(data) > MOST_JSON:
        raise FileError(_("Berkas JSON ini lebih besar dari 10 MB; rekap tidak sebesar itu."))
    try:
        claims = read_claims(data, KEYS)
    except UnreadableError as error:
        raise FileError(
            _(
                "Berkas ini bukan JSON yang utuh, atau menyebut hal yang sama dua kali. "
                "Unduh atau pindahkan sekali lagi."
            )
        ) from error
    if recap := recap_of(sha256=claims["sha256"]):
        return Checked(Kind.SEALED_DATA, recap, "json")
    if claims["recaps"] is not None:
        return check_dataset(claims)
    if claims["public"] is not None:
        return check_public(claims)
    if recap := _claimed(claims):
        said = {column.name: claims["values"].get(column.key) for column in COLUMNS}
        return Checked(Kind.ALTERED, recap, "json", differences=differences(recap, said))
    return Checked(Kind.UNSEALED, format="json")


def _claimed(claims: dict) -> Recap | None:
    """The recap of the same editions and cut-offs."""
    try:
        occurred, recorded = parse_datetime(claims["occurred"]), parse_datetime(claims["recorded"])
        since = parse_datetime(claims["since"]) if claims["since"] else None
    except ValueError:
        return None
    moments = [moment for moment in (occurred, recorded, since) if moment]
    if not occurred or not recorded or any(moment.tzinfo is None for moment in moments):
        return None
    found = slim(Recap.objects.filter(occurred_cutoff=occurred, recorded_cutoff=recorded, since=since))
    slugs = sorted(claims["slugs"])
    for recap in found.prefetch_related("editions").order_by(F("revision").desc())[:20]:
        if sorted(edition.slug for edition in recap.editions.all()) == slugs:
            return recap
    return None
