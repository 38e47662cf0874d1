"""The rules of deploy/nginx.conf, as text. ``make bench`` asks a running nginx whether they hold (bench/rules.py)."""

import re
from pathlib import Path

from bench.proxy import RULES, configuration


def directives(name: str) -> list[str]:
    """What stands behind ``name``, each time, without comments."""
    text = re.sub(r"#[^\n]*", "", RULES.read_text())
    return [" ".join(found.split()) for found in re.findall(rf"^\s*{name}\s+([^;{{]+);", text, re.MULTILINE)]


def test_nothing_of_an_installation_is_left_in_the_rules():
    text = configuration(Path("/nowhere"), 1234, 1235, 1236)
    for word in ("ssl", "443", "/var/cache", "web:8000", ":8081"):
        assert word not in text
    assert "proxy_pass http://127.0.0.1:1236;" in text
    assert text.count("{") == text.count("}")


def test_a_kept_page_is_told_apart_by_what_pages_vary_by_alone():
    assert directives("proxy_cache_key") == ['"$page_encoding:$page_part:$host$request_uri"']
    # Set-Cookie and Cache-Control are heard: what sets a cookie or is private is never kept.
    assert directives("proxy_ignore_headers") == ["Vary"]
    assert not directives("proxy_hide_header") + directives("proxy_cache_valid") + directives("proxy_cache_bypass")


def test_an_old_page_is_served_only_when_there_is_no_newer_one():
    (kinds,) = directives("proxy_cache_use_stale")
    # Not "updating": how long a page may be shown while a newer one is fetched, it says itself (expo/public.py).
    assert kinds.split() == ["error", "timeout", "http_502", "http_503"]
    assert directives("proxy_cache_background_update") == ["on"]


def test_the_application_hears_who_asked_from_the_proxy_alone():
    assert "X-Forwarded-For $remote_addr" in directives("proxy_set_header")
    assert not [header for header in directives("proxy_set_header") if "proxy_add_x_forwarded_for" in header]
