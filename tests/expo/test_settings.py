"""Settings as a server, or the demonstration, would read them."""

import os
import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from expo.runtime.paths import CHECKOUT

SERVER = {
    "SECRET_KEY": "kJ8-wX2_qLr7Zt0Vb5Ny3Mc9Hd1Sf6Gp4Ka8Tu2We7Ri5Oy0Px3Cv",
    "ALLOWED_HOSTS": "expo.example.org",
    "SITE_URL": "https://expo.example.org",
    "DATABASE_URL": "postgresql://expo:s%40ndi@db:5433/pameran?sslmode=require",
    "REDIS_URL": "redis://store:6379/0",
    "EMAIL_URL": "smtp+tls://expo:sandi@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "UKM Virtual Expo <expo@example.org>",
}
KNOWN = {*SERVER, "QUEUE_URL", "DEBUG", "TRUSTED_PROXIES", "EXPO_STATE", "PORT", "DATABASE_POOL", "DATABASE_PREPARED"}
KNOWN |= {"GATEWAY", "GATEWAY_KEYS", "MIDTRANS_PAGE_URL", "MIDTRANS_API_URL"}
KNOWN |= {"HSTS_SECONDS", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the last is set by the browser tests


@pytest.fixture
def read(monkeypatch):
    """Run the settings file with these variables; None removes one. Returns what it defines."""

    def read(**environment):
        for name in KNOWN:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return runpy.run_path(str(CHECKOUT / "expo/settings.py"))

    return read


@pytest.fixture
def refusal(read):
    """What the settings say to the server's values with some changed."""

    def refusal(**changes):
        with pytest.raises(ImproperlyConfigured) as caught:
            read(**(SERVER | changes))
        return str(caught.value)

    return refusal


def test_server_values_are_read(read):
    found = read(**SERVER)
    database = found["DATABASES"]["default"]
    place = [database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert place == ["pameran", "expo", "s@ndi", "db", "5433"]
    assert database["OPTIONS"]["sslmode"] == "require"
    delivery = found["DELIVERY"]
    assert (delivery["host"], delivery["port"], delivery["use_tls"]) == ("mail.example.org", 587, True)
    assert found["CELERY_BROKER_URL"] == "redis://store:6379/0"


def test_server_is_strict(read):
    found = read(**SERVER)
    assert found["DEMO"] is False
    assert found["SECOND_FACTOR_REQUIRED"] is True
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    assert found["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_nothing_set_is_the_demonstration(read, tmp_path):
    found = read(EXPO_STATE=str(tmp_path))
    assert found["DEMO"] is True
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_demonstration_key_is_kept_and_private(read, tmp_path):
    first, second = (read(EXPO_STATE=str(tmp_path))["SECRET_KEY"] for _ in range(2))
    assert len(first) >= 50
    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "pendek"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-kJ8-wX2_qLr7Zt0Vb5Ny3Mc9Hd1Sf6Gp4Ka8Tu2We7"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "expo.example.org,*"),
        ("SITE_URL", None),
        ("SITE_URL", "http://expo.example.org"),
        ("SITE_URL", "https://"),
        ("DATABASE_URL", None),
        ("DATABASE_URL", "mysql://db/expo"),
        ("DATABASE_URL", "postgresql://db"),
        ("DATABASE_URL", "postgresql://db:port/expo"),
        ("REDIS_URL", None),
        ("REDIS_URL", "memcached://store"),
        ("QUEUE_URL", "amqp://queue"),
        ("EMAIL_URL", None),
        ("EMAIL_URL", "smtp://expo:sandi@mail.example.org"),
        ("EMAIL_URL", "imap://mail.example.org"),
        ("DEFAULT_FROM_EMAIL", None),
        ("DEBUG", "yes"),
        ("DEBUG", "perhaps"),
        ("TRUSTED_PROXIES", "10.0.0.0/99"),
        ("DATABASE_POOL", "many"),
        ("DATABASE_PREPARED", "sometimes"),
        ("HSTS_SECONDS", "-1"),
    ],
)
def test_insecure_value_is_refused_by_name(refusal, name, value):
    assert name in refusal(**{name: value})


def test_everything_wrong_is_named_at_once(refusal):
    message = refusal(SECRET_KEY="pendek", ALLOWED_HOSTS="*", SITE_URL="http://x")
    assert [line.split(":")[0] for line in message.strip().splitlines()[1:]] == [
        "- SECRET_KEY",
        "- ALLOWED_HOSTS",
        "- SITE_URL",
    ]


def test_secrets_are_not_repeated_in_the_refusal(refusal):
    assert "rahasia" not in refusal(SECRET_KEY="rahasia", DATABASE_URL="mysql://expo:rahasia@db/expo")


def test_deployment_check_has_no_warnings():
    clean = {key: value for key, value in os.environ.items() if key not in KNOWN | {"DJANGO_SETTINGS_MODULE"}}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=CHECKOUT,
        env=clean | SERVER,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


@pytest.mark.parametrize(("environment", "begins"), [(SERVER, True), ({}, False)])
def test_cookies_of_a_server_belong_to_its_host_over_https(read, environment, begins):
    found = read(**environment)
    names = [found[f"{name}_COOKIE_NAME"] for name in ("SESSION", "CSRF", "CART")]
    assert {name.startswith("__Host-") for name in names} == {begins}


def test_the_gateway_needs_keys_and_https(read, refusal):
    good = "tNbU1mD8rKkzv3yJbZt7xg0Vd0z1o4mWcQ9g2yq0x1A="
    assert read(**SERVER)["GATEWAY"] is False
    assert read(**SERVER, GATEWAY="on", GATEWAY_KEYS=f"{good},{good}")["GATEWAY_KEYS"] == [good, good]
    assert "GATEWAY_KEYS" in refusal(GATEWAY="on")
    assert "GATEWAY_KEYS" in refusal(GATEWAY="on", GATEWAY_KEYS="rahasia")
    for address in ("http://app.midtrans.com", "https://user@x.test", "https://x.test/path", "file:///etc/passwd"):
        assert "MIDTRANS_API_URL" in refusal(MIDTRANS_API_URL=address)
