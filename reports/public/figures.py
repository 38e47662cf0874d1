"""A sealed recap's figures without what would tell of single exhibitors, however large the recap is.

Turnover of exhibitors, and of regencies, categories and destinations, in which often one alone stands, is never read
here at all; nor who is behind the largest transaction, nor visits of single booths. What was sealed never changes, so a
process may keep the rest.
"""

from collections.abc import Iterable

from django.db import connection

from reports.figures import Figures

PRIVATE_TABLES = ("exhibitor", "regency", "category", "destination")
MOST_REMEMBERED = 500
# The last argument: what an older recap does not have yet is not made.
EXTRACT = """
SELECT sha256, jsonb_set(jsonb_set(jsonb_set(jsonb_set(jsonb_set(
    jsonb_set(f, '{tables}', f->'tables' || %s::jsonb),
    '{concentration,transaction}', 'null'), '{concentration,exhibitor}', 'null'), '{visits,busiest_booth}', 'null'),
    '{visits,booths}', '[]', false), '{tables,reach}', 'null', false
)::text
FROM reports_recap CROSS JOIN LATERAL (SELECT figures::jsonb AS f OFFSET 0) AS parsed
WHERE sha256 = ANY(%s)
"""
NOTHING = "{" + ",".join(f'"{name}":[]' for name in PRIVATE_TABLES) + "}"

_remembered: dict[str, Figures] = {}


def public_figures(hashes: Iterable[str]) -> dict[str, Figures]:
    """Figures by the SHA-256 of the sealed ones; at most one query, whose cost is that of what is not remembered."""
    wanted = set(hashes)
    # Collected here: another thread may clear what is remembered at any moment.
    found = {each: figures for each in wanted if (figures := _remembered.get(each))}
    missing = list(wanted - set(found))
    if len(_remembered) + len(missing) > MOST_REMEMBERED:
        _remembered.clear()
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(EXTRACT, [NOTHING, missing])
            for sha256, text in cursor.fetchall():
                found[sha256] = _remembered[sha256] = Figures.from_json(text.encode())
    return found
