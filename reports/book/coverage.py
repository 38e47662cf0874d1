"""Which tables a change by hand is found in, and why it need not be found in others that recaps touch.

A test asks the database what sealing, sending and checking read, and refuses a table that stands in neither list.
"""

from django.db.models import Model

from journal.models import Entry
from reports.book.keeping import GROWING
from reports.models import BookLine, Recap
from visits.models import BoothVisitHour, VisitHour

NOTED: tuple[type[Model], ...] = (Recap, BookLine, Entry, VisitHour, BoothVisitHour, *GROWING)

SNAPSHOT = "Changes by right. The seal hashes what was counted of it; verify_recaps notes what it would count today."
STAYS = SNAPSHOT + " Nothing takes a row away: one that is gone is found by its key (presence.py)."
ROLLUP = "Never trusted: the check adds up entries, and rollups are compared with them every night and before a mail."
FREE = {
    "catalog_placement": SNAPSHOT,
    "catalog_product": SNAPSHOT,
    "exhibitors_booth": STAYS,
    "exhibitors_exhibitor": STAYS,
    "expo_edition": STAYS,
    "expo_region": SNAPSHOT,
    "inquiries_inquiry": STAYS,
    "orders_order": STAYS,
    "orders_orderevent": STAYS,
    "journal_cellday": ROLLUP,
    "journal_cellsum": ROLLUP,
    "journal_checkpoint": ROLLUP,
    "journal_closedday": ROLLUP,
    "journal_groupday": ROLLUP,
    "journal_groupsum": ROLLUP,
    "journal_longtransaction": ROLLUP,
    "journal_peakday": ROLLUP,
    "journal_peaksum": ROLLUP,
    "journal_productday": ROLLUP,
    "journal_productsum": ROLLUP,
    "journal_sharedtransaction": ROLLUP,
    "journal_sealeduntil": "Compared with the recaps and the clock: it may lie behind none of them, nor ahead.",
    "journal_rollupcheck": "Says when rollups were compared; one ahead of its time is found, and taken away.",
    "reports_issueproblem": "What is due and could not be issued; it goes once it was.",
    "reports_recap_editions": "Compared with the keys of the editions that the book has for every seal.",
    "reports_recount": "Holds mails back and quotes nothing: what it says is counted again by every check.",
    "reports_sealwalk": "How far a walk has come; what came of it is a check.",
    "reports_extracutoff": "Says what is to be issued. What was issued is a recap.",
    "expo_recipient": "Says who is sent recaps. What was sent is a delivery.",
    "expo_outgoingmail": "Moves on as mails are sent; who was sent which recap is a delivery.",
    "visits_salt": "Destroyed by right; another secret, or a salt that is gone, is found by the hash that was noted.",
    "visits_stageday": "Shares of the lobby's stage: no recap counts them.",
    "visits_flushedbucket": "Keeps counts from being added twice; what was added are hours.",
    "reports_alteredrow": "What the last look found. Every walk looks at all rows again; verify_recaps trusts none.",
    "reports_bookmark": "Held against the lines: one that reaches too far is found, one that was lowered does no harm.",
    "orders_payment": "Moves on by right; the turnover that it made, and its evidence, are an entry: that is noted.",
    "orders_proof": "Replaced by right until it is confirmed; what was believed of it is the evidence of an entry.",
    "orders_standsale": "Signed off and taken back by right; each of these is an entry of its own.",
    "orders_reportedsale": "Decided by right; what is counted of it is an entry, with its evidence.",
    "accounts_user": "People. Who sealed is in the envelope by name.",
}
