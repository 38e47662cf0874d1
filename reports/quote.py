"""The sentence that may be quoted. It comes only from a sealed recap and never says more than the figure."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo import formats
from expo.errors import DomainError
from reports.envelope import SUPERSEDED, WITHDRAWN, Envelope
from reports.figures import Figures
from reports.labels import edition_names


class NotQuotableError(DomainError):
    """The recap is not sealed, or it was withdrawn."""


def quotable_sentence(figures: Figures, envelope: Envelope | None, language: str) -> str:
    """Omzet, shortened and in full, with its cut-offs, what it leaves out, and where to check it.

    Raises NotQuotableError for figures that are not sealed, a withdrawn recap, and one whose figures are in doubt.
    """
    if envelope is None:
        raise NotQuotableError(gettext_lazy("Angka yang belum disegel tidak dapat dikutip."))
    if envelope.state == WITHDRAWN:
        raise NotQuotableError(
            gettext_lazy("Rekap %(number)s telah ditarik dan tidak dapat dikutip.") % {"number": envelope.number}
        )
    if envelope.in_doubt:
        raise NotQuotableError(
            gettext_lazy("Angka rekap %(number)s sedang diperiksa dan belum dapat dikutip.")
            % {"number": envelope.number}
        )
    with translation.override(language):
        statement = ", ".join(
            part for part in (_statement(figures, language), _known_when(figures, language), _left_out(figures)) if part
        )
        return f"{statement}; {_source(envelope)}."


def recap_name(envelope: Envelope) -> str:
    """The number, with the revision where there is one: UVO-II/2020/0013 rev. 1."""
    return f"{envelope.number} rev. {envelope.revision}" if envelope.revision else envelope.number


def _statement(figures: Figures, language: str) -> str:
    total = figures.realised.total
    full = formats.rupiah(total, language)
    # Cutting a loss would make it smaller than it is.
    short = formats.rupiah_short(total, language) if total >= 0 else full
    words = {
        "editions": edition_names(figures, language),
        "amount": full if short == full else f"{short} ({full})",
        "cutoff": formats.wib(figures.cutoff.occurred, language, weekday=True),
    }
    if figures.since:
        words["since"] = formats.wib(figures.since, language, weekday=True)
        return _("Omzet %(editions)s %(amount)s dalam masa %(since)s s.d. %(cutoff)s") % words
    return _("Omzet %(editions)s %(amount)s s.d. %(cutoff)s") % words


def _known_when(figures: Figures, language: str) -> str:
    if figures.cutoff.recorded == figures.cutoff.occurred:
        return ""
    return _("sebagaimana tercatat s.d. %(cutoff)s") % {
        "cutoff": formats.wib(figures.cutoff.recorded, language, weekday=True)
    }


def _left_out(figures: Figures) -> str:
    if not figures.committed.total:
        return ""
    if figures.since:
        # Within a period the balance moves both ways: more may be paid on orders than is newly promised.
        return _("tidak termasuk perubahan saldo pesanan %(amount)s") % {
            "amount": formats.rupiah(figures.committed.total)
        }
    return _("belum termasuk pesanan %(amount)s") % {"amount": formats.rupiah(figures.committed.total)}


def _source(envelope: Envelope) -> str:
    source = _("rekap %(number)s, kode %(code)s") % {"number": recap_name(envelope), "code": envelope.code}
    if envelope.state == SUPERSEDED and envelope.superseded_by:
        source += _(" (telah digantikan oleh %(number)s)") % {"number": envelope.superseded_by}
    return source
