"""What sign-in mails say."""

import re


def code_in(mailoutbox) -> str:
    """The code of the last mail."""
    return re.search(r"^([A-Z0-9-]{6,9})$", mailoutbox[-1].body, re.M)[1]


def link_in(mailoutbox) -> str:
    """The path of the last mail's sign-in link."""
    return re.search(r"://[^/\s]+(/\S*akun/masuk/\S+)", mailoutbox[-1].body)[1]
