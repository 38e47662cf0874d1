"""Reading the environment: each helper returns a checked value or notes what is wrong with it.

Problems are collected, so that one start names every setting that needs mending.
"""

import base64
import os
from datetime import time
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MAKE_FERNET_KEY = (
    "make one with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)
MOST_PICTURE = 1024 * 1024
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def celery_url(url: str) -> str:
    """The same store in Celery's spelling: it names a Unix socket and its database otherwise."""
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


class Environment:
    def __init__(self, values=os.environ):
        self.values = values
        self.problems: list[str] = []

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(f"{name}: {reason}")

    def finish(self) -> None:
        """Refuse to start if anything was wrong, naming each variable and what it needs."""
        if self.problems:
            raise ImproperlyConfigured("Unsafe or missing settings:\n- " + "\n- ".join(self.problems))

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def required(self, name: str, reason: str) -> str:
        value = self.text(name)
        if not value:
            self.refuse(name, f"is not set; {reason}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if value.strip().lower() not in TRUE | FALSE:
            self.refuse(name, f"{value!r} is neither true nor false")
        return value.strip().lower() in TRUE

    def number(self, name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            self.refuse(name, f"{value!r} is not a whole number from {least} to {most}")
            return default
        return int(value)

    def clock(self, name: str, default: str) -> time:
        """A time of day such as 03:00."""
        value = self.text(name, default)
        try:
            return time.fromisoformat(value)
        except ValueError:
            self.refuse(name, f"{value!r} is not a time of day such as {default}")
            return time.fromisoformat(default)

    def choice(self, name: str, values: tuple[str, ...]) -> str:
        """One of the values, the first by default."""
        value = self.text(name, values[0]).lower()
        if value not in values:
            self.refuse(name, f"{value!r} is none of {', '.join(values)}")
            return values[0]
        return value

    def picture(self, name: str, default: Path | None) -> Path | None:
        """A small SVG or PNG file that exists."""
        path = Path(self.text(name)) if self.text(name) else default
        if path is None:
            return None
        if path.suffix.lower() not in {".svg", ".png"} or not path.is_file():
            self.refuse(name, f"{str(path)!r} is not an SVG or PNG file")
        elif path.stat().st_size > MOST_PICTURE:
            self.refuse(name, f"{str(path)!r} is larger than 1 MB")
        return path

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def networks(self, name: str) -> list:
        found = []
        for word in self.words(name):
            try:
                found.append(ip_network(word))
            except ValueError:
                self.refuse(name, f"{word!r} is not an address or network such as 10.0.0.0/8")
        return found

    def secret(self, name: str) -> str:
        value = self.required(name, "make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'")
        if value and (len(value) < 50 or len(set(value)) < 10 or "insecure" in value.lower()):
            self.refuse(name, "is too short, too uniform or a sample; it needs 50 random characters")
        return value

    def fernet_keys(self, name: str, *, needed: bool) -> list[str]:
        """Keys that seal secrets, the newest first; at least one when ``needed``."""
        keys = self.words(name)
        if needed and not keys:
            self.refuse(name, f"is not set; {MAKE_FERNET_KEY}")
        for key in keys:
            try:
                good = len(base64.urlsafe_b64decode(key)) == 32
            except ValueError:
                good = False
            if not good:
                self.refuse(name, f"holds something that is no key; {MAKE_FERNET_KEY}")
        return keys

    def https(self, name: str, default: str) -> str:
        """An https:// address without path; other schemes could reach into our own network."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.username:
            self.refuse(name, f"{value!r} is not a plain https:// address such as {default}")
        return value

    def hosts(self, name: str) -> list[str]:
        hosts = self.words(name)
        if not hosts:
            self.refuse(name, "is empty; list the host names that people will type, separated by commas")
        if any(host in ("*", ".") for host in hosts):
            self.refuse(name, "'*' would answer to any name; list the real ones")
        return hosts

    def site_url(self, name: str) -> str:
        value = self.required(name, "give the public address, such as https://expo.example.org").rstrip("/")
        if value and not (value.startswith("https://") and urlsplit(value).hostname):
            self.refuse(name, f"{value!r} is not an https:// address")
        return value

    def database(self, name: str) -> dict:
        """Django's DATABASES entry from postgresql://user:password@host:port/name?sslmode=require."""
        url = self.parts(name, {"postgres", "postgresql"}, "such as postgresql://user:password@host/name")
        options = dict(parse_qsl(url.query))
        if self.text(name) and not url.path.strip("/"):
            self.refuse(name, "names no database after the host")
        return {
            "NAME": unquote(url.path.strip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or options.pop("host", "")),
            "PORT": str(url.port or ""),
            "OPTIONS": options,
        }

    def email(self, name: str) -> dict:
        """Arguments of Django's SMTP backend from smtp://, smtp+tls:// or smtps://user:password@host:port."""
        url = self.parts(name, {"smtp", "smtp+tls", "smtps"}, "such as smtp+tls://user:password@host:587")
        if url.username and url.scheme == "smtp" and url.hostname not in ("localhost", "127.0.0.1"):
            self.refuse(name, "would send its password in the clear; use smtp+tls:// or smtps://")
        ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
        return {
            "host": url.hostname or "",
            "port": url.port or ports.get(url.scheme, 25),
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_tls": url.scheme == "smtp+tls",
            "use_ssl": url.scheme == "smtps",
            "timeout": 20,
        }

    def store(self, name: str, default: str = "") -> str:
        if not self.text(name) and default:
            return default
        self.parts(name, {"redis", "rediss", "unix"}, "such as redis://host:6379/0")
        return self.text(name)

    def parts(self, name: str, schemes: set[str], example: str):
        value = self.required(name, example)
        try:
            url = urlsplit(value)
            _ = url.port
        except ValueError:
            self.refuse(name, f"is not an address {example}")
            return urlsplit("")
        if value and url.scheme not in schemes:
            self.refuse(name, f"has the scheme {url.scheme!r}; it is an address {example}")
        return url
