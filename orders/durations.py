"""How long a parcel takes, as exhibitors write it: plain spans of days are told in the reader's language."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SPAN = re.compile(r"(\d{1,3})(?:\s*(?:-|–|s\.?/?d\.?|sampai)\s*(\d{1,3}))?\s*hari(\s+kerja)?", re.IGNORECASE)
SAME_DAY = re.compile(r"(?:di\s+)?hari(?:\s+yang)?\s+sama", re.IGNORECASE)


def duration_text(written: str) -> str:
    """ "2-4 hari" → "2–4 hari", in English "2–4 days". Any other words stay as they were written."""
    words = " ".join(written.split())
    if SAME_DAY.fullmatch(words):
        return _("hari yang sama")
    if (found := SPAN.fullmatch(words)) is None:
        return written
    low, high, working = found.groups()
    span = f"{low}–{high}" if high else low
    most = int(high or low)
    if working:
        return ngettext("%(span)s hari kerja", "%(span)s hari kerja", most) % {"span": span}
    return ngettext("%(span)s hari", "%(span)s hari", most) % {"span": span}
