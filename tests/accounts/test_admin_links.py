"""What the administration shows each role leads somewhere: no link on its pages answers 403, 404 or worse."""

import re
from html import unescape

import pytest

from tests.accounts.test_admin_lists import furnish

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
KEY = re.compile(r"/\d+/")


def links_of(page: str) -> list[str]:
    return [unescape(found) for found in LINK.findall(page)]


def kind(address: str) -> str:
    """Rows of one list are alike."""
    return KEY.sub("/N/", address)


def walk(client) -> tuple[dict[str, str], int]:
    """Whatever the administration links, once of each kind, from its desk on: what was refused, and where it stands."""
    waiting, known, refused, seen = [("/admin/", "")], set(), {}, 0
    while waiting:
        address, shown_at = waiting.pop(0)
        if kind(address) in known or address.startswith("/media/"):
            continue
        known.add(kind(address))
        answer = client.get(address, follow=True)
        if answer.status_code not in (200, 405):  # a verb says what it is by POST
            refused[f"{answer.status_code} {address}"] = shown_at
        seen += 1
        ends_at = answer.request["PATH_INFO"]
        if ends_at.startswith("/admin/") and answer.status_code == 200 and "html" in answer["Content-Type"]:
            links = links_of(answer.content.decode())
            # Queues are lists with a question; how lists are sorted and filtered is tried elsewhere.
            waiting += [(link, address) for link in links if "?" not in link or address == "/admin/"]
    return refused, seen


def test_every_link_shown_leads_somewhere(client, owner, curator, operator, finance):
    furnish(owner, curator)
    client.raise_request_exception = False  # a page that breaks is told like one that refuses
    refused = {}
    for person in (curator, operator, finance):
        client.force_login(person)
        refused[person.name], seen = walk(client)
        assert seen > 40
    assert refused == {"Ratna": {}, "Dewi": {}, "Hadi": {}}
