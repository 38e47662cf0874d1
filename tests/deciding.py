"""Deciding in the admin as curators do: look at the page, then take the decision with what the page holds."""

import re


def decide(client, address, **fields):
    page = client.get(address).content.decode()
    seen = dict(re.findall(r'name="(seen_\d+)" value="(\w+)"', page))
    return client.post(address, {"reason": "", **seen, **fields}, follow=True)
