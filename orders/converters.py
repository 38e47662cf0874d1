"""What tokens and order numbers look like in addresses: anything else is not found without asking the database."""

import re

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
CODE = re.compile(r"[A-Z0-9-]{1,20}")


class TokenConverter:
    regex = TOKEN.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CodeConverter(TokenConverter):
    regex = CODE.pattern


def clean_token(text: str) -> str:
    """The token that a cookie or a field holds; "" when it is none."""
    return text if TOKEN.fullmatch(text) else ""
