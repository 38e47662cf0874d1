"""The Dockerfile and the compose file say what they should, and their commands run (without containers)."""

import json
import re
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from expo.env import Environment
from expo.queues import COUNTING, QUICK, queue_of
from expo.runtime.children import last_lines, spawn, stop, wait_until
from expo.runtime.paths import CHECKOUT
from expo.runtime.postgres import SUPERUSER, find_binaries, unprivileged_account
from expo.runtime.services import Services
from expo.runtime.supervisor import commands
from tests.expo.test_settings import SERVER
from tests.ports import free_port

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "counting", "scheduler")


def instructions():
    """(keyword, arguments) of each instruction of the Dockerfile."""
    text = re.sub(r"\\\n\s*", " ", (CHECKOUT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.strip().split(" ", 1)) for line in lines]


def command_of(name, **variables):
    """A service's command with ${NAME:-default} filled in as compose does."""

    def fill(match):
        return variables.get(match[1], match[2] or "")

    return [re.sub(r"\$\{(\w+)(?::-([^}]*))?\}", fill, word) for word in SERVICES[name]["command"]]


def test_dockerfile_builds_from_the_lock_as_no_root():
    found = instructions()
    assert found[0] == ("FROM", "python:3.11-slim-bookworm")
    assert any(word == "RUN" and "--require-hashes -r requirements/app.txt" in rest for word, rest in found)
    users = [rest for word, rest in found if word == "USER"]
    assert users == ["expo"]
    words = [word for word, _ in found]
    assert words.index("USER") < words.index("CMD")
    assert {"HEALTHCHECK", "VOLUME", "EXPOSE"} <= set(words)


def test_dockerfile_copies_what_exists_and_no_more():
    for word, rest in instructions():
        if word == "COPY":
            assert (CHECKOUT / rest.split()[0]).exists()
    ignored = (CHECKOUT / ".dockerignore").read_text().splitlines()
    assert {".git", ".venv", "var", ".env"} <= set(ignored)


def test_dockerfile_command_is_the_web_server():
    [command] = [json.loads(rest) for word, rest in instructions() if word == "CMD"]
    assert command == command_of("web")


def test_compose_has_all_parts_with_health_checks():
    assert set(SERVICES) == {"postgres", "redis", "proxy", *OURS}
    for name in ("postgres", "redis", "worker", "counting", "scheduler", "proxy"):
        assert SERVICES[name]["healthcheck"]["test"], name
    assert "healthcheck" not in SERVICES["web"]  # the image's own


def test_compose_starts_in_order():
    waits = {name: {k: v["condition"] for k, v in SERVICES[name]["depends_on"].items()} for name in OURS}
    assert waits["migrate"] == {"postgres": "service_healthy", "redis": "service_healthy"}
    for name in ("web", "worker", "counting", "scheduler"):
        assert waits[name] == {"migrate": "service_completed_successfully"}


def test_compose_keeps_data_in_declared_volumes():
    used = {volume.split(":")[0] for part in SERVICES.values() for volume in part["volumes"] if volume[0].isalpha()}
    assert used == set(COMPOSE["volumes"])


def test_compose_opens_only_the_proxy():
    assert [name for name, part in SERVICES.items() if "ports" in part] == ["proxy"]


def test_compose_carries_no_secret_and_no_default_for_one():
    environment = SERVICES["web"]["environment"]
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"):
        assert environment[name].startswith("${" + name + ":?")
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]


def test_application_is_no_superuser_of_its_database():
    """The script that the postgres image runs once, on our cluster, with names of its own."""
    assert "./deploy/postgres:/docker-entrypoint-initdb.d:ro" in SERVICES["postgres"]["volumes"]
    assert SERVICES["postgres"]["environment"]["POSTGRES_USER"] == SUPERUSER
    assert "//expo:" in SERVICES["web"]["environment"]["DATABASE_URL"]
    postgres = Services(settings.TEST_SERVICES, throwaway=True).postgres
    name = f"compose_{secrets.token_hex(4)}"
    script = (CHECKOUT / "deploy/postgres/application-role.sh").read_text().replace("expo", name)
    environment = {
        "PATH": f"{find_binaries(unprivileged_account())}:/usr/bin:/bin",
        "PGHOST": str(settings.TEST_SERVICES.sockets),
        "POSTGRES_USER": SUPERUSER,
        "APPLICATION_PASSWORD": 'it\'s "quoted"',
    }
    subprocess.run(["sh", "-c", script], env=environment, check=True, capture_output=True)
    with postgres.connect() as connection:
        found = connection.execute(
            "SELECT rolsuper, rolcreaterole, datname FROM pg_roles JOIN pg_database ON datdba = pg_roles.oid"
            " WHERE rolname = %s",
            [name],
        ).fetchall()
        connection.execute(f"DROP DATABASE {name}")
        connection.execute(f"DROP ROLE {name}")
    assert found == [(False, True, name)]


BY_THE_IMAGE = {"MEDIA_ROOT", "PRIVATE_ROOT", "STATIC_ROOT"}
"""Where the image keeps its files: a volume, or what the build collected."""
NOT_ON_SERVERS = {"DEBUG", "PORT", "HOST"}


def read_by_settings() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"(\w+)"', (CHECKOUT / "expo/settings.py").read_text()))


def documented() -> set[str]:
    """What stands in the first column of the table of variables."""
    rows = re.findall(r"^\| (`[^|]+`) \|", (CHECKOUT / "docs/production.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_variable_is_documented_and_no_other():
    assert documented() == read_by_settings() | {"HOST"}
    text = (CHECKOUT / "docs/production.md").read_text()
    for name in re.findall(r"\$\{(\w+)", (CHECKOUT / "docker-compose.yml").read_text()):
        assert f"`{name}`" in text, name


def test_every_variable_reaches_the_containers():
    """A setting that compose forgets can't be set there at all."""
    passed = set(COMPOSE["x-site"]["environment"])
    assert passed == read_by_settings() - BY_THE_IMAGE - NOT_ON_SERVERS
    image = {name for _word, value in instructions() for name in re.findall(r"(\w+_ROOT)=", value)}
    assert image <= BY_THE_IMAGE


def test_compose_leaves_the_defaults_of_the_settings():
    """What is not set there behaves as if compose did not mention it."""
    values = {name: command_text(value) for name, value in COMPOSE["x-site"]["environment"].items()}
    read = Environment({name: value for name, value in values.items() if value is not None})
    assert (read.number("HSTS_SECONDS", 0), read.number("DATABASE_POOL", 0)) == (31_536_000, 8)
    assert (read.number("BALANCE_DAYS", 0), read.number("RECEIVED_AFTER_DAYS", 0)) == (7, 14)
    assert (read.flag("GATEWAY", default=True), read.flag("GATEWAY_SANDBOX", default=True)) == (False, False)
    assert read.flag("DATABASE_PREPARED", default=False)
    assert read.https("MIDTRANS_API_URL", "https://api.midtrans.com") == "https://api.midtrans.com"
    assert not read.problems


def command_text(value: str) -> str | None:
    """A value with nothing in .env: its default, or None where one is needed."""
    found = re.fullmatch(r"\$\{\w+:-(.*)\}", value)
    return found[1] if found else None


def test_scheduled_and_routed_tasks_exist():
    from expo.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)


def served_by(words: list[str]) -> list[str]:
    return words[words.index("--queues") + 1].split(",") if "--queues" in words else []


def test_every_queue_has_a_worker_of_its_own():
    """In containers, in `make run`, and as the docs start them; what a worker is pinged by is its name."""
    queues = [queue.name for queue in settings.CELERY_TASK_QUEUES]
    assert [served_by(SERVICES[name]["command"]) for name in ("worker", "counting")] == [[name] for name in queues]
    started = commands("127.0.0.1", 8000)
    assert [served_by(started[name]) for name in ("worker", "counting")] == [[name] for name in queues]
    documented = re.findall(r"^celery -A expo worker .*$", (CHECKOUT / "docs/production.md").read_text(), re.MULTILINE)
    assert [served_by(line.split()) for line in documented] == [[name] for name in queues]
    for name, node in (("worker", "celery"), ("counting", "counting")):
        assert SERVICES[name]["healthcheck"]["test"][1].endswith(f"-d {node}@$$HOSTNAME")


def test_nothing_that_may_take_long_stands_in_the_queue_of_what_is_due():
    """Who has more time than others counts at length."""
    from expo.celery import app

    app.loader.import_default_modules()
    ordinary = settings.CELERY_TASK_TIME_LIMIT
    longest = {name for name, task in app.tasks.items() if (task.time_limit or 0) > ordinary}
    assert longest == {f"reports.tasks.{name}" for name in ("send_recaps", "check_seals", "prepare_annexes")}
    assert {queue_of(name) for name in longest} == {COUNTING}
    for name in ("reports.tasks.issue_due", "visits.tasks.flush_visits", "expo.tasks.deliver_mail"):
        assert queue_of(name) == QUICK


def test_set_up_is_a_command():
    assert SERVICES["migrate"]["command"] == ["python", "manage.py", "set_up"]
    assert "set_up" in get_commands()


@pytest.fixture
def server(process_environment, tmp_path):
    """The environment of a server, on this test's database and store."""
    sockets = settings.TEST_SERVICES.sockets
    name = process_environment["EXPO_TEST_DATABASE"]
    clean = {
        key: value
        for key, value in process_environment.items()
        if key != "DJANGO_SETTINGS_MODULE" and not key.startswith("EXPO_TEST")
    }
    return (
        clean
        | SERVER
        | {
            "DATABASE_URL": f"postgresql://expo@/{name}?host={sockets}",
            "REDIS_URL": settings.REDIS_URL,
            "QUEUE_URL": settings.QUEUE_URL,
            "STATIC_ROOT": str(tmp_path / "static"),
            "MEDIA_ROOT": str(tmp_path / "media"),
            "TRUSTED_PROXIES": "127.0.0.0/8",
        }
    )


@pytest.fixture
def launch(server, tmp_path):
    """Start a service of the compose file as a child; returns its log."""
    processes = []

    def launch(name, **replaced):
        words = [replaced.get(word, word) for word in command_of(name)]
        log = tmp_path / f"{name}.log"
        processes.append(spawn([sys.executable, "-m", *words], log=log, cwd=CHECKOUT, env=server))
        return log

    yield launch
    for process in processes:
        stop(process, [(15, 5)])


def get(port, path, **headers):
    """Status and location, without following redirects."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)
    except OSError:
        return 0, {}


def test_commands_of_the_compose_file_run(server, launch, tmp_path):
    for words in (["manage.py", "set_up", "-v", "0"], ["manage.py", "collectstatic", "--noinput", "-v", "0"]):
        done = subprocess.run([sys.executable, *words], cwd=CHECKOUT, env=server, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    port = free_port()
    web = launch("web", **{"0.0.0.0:8000": f"127.0.0.1:{port}"})
    workers = [launch("worker"), launch("counting")]
    beat = launch("scheduler", **{"/tmp/beat.pid": str(tmp_path / "beat.pid")})

    assert wait_until(lambda: get(port, "/healthz/")[0] == 200, 90, pause=0.2), last_lines(web)
    secure = {"Host": "expo.example.org", "X-Forwarded-Proto": "https"}
    status, headers = get(port, "/akun/login/", **secure)
    assert status == 200, last_lines(web)
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    assert "upgrade-insecure-requests" in headers["Content-Security-Policy"]
    assert "Secure" in headers["Set-Cookie"]
    assert get(port, "/akun/login/", Host="expo.example.org")[1]["Location"].startswith("https://expo.example.org/")
    assert get(port, "/akun/login/", **secure | {"Host": "evil.example"})[0] == 400
    assert get(port, "/surat/", **secure)[0] == 404

    for worker in workers:
        assert wait_until(lambda log=worker: " ready." in Path(log).read_text(), 90), last_lines(worker)
    assert wait_until(lambda: "beat: Starting" in Path(beat).read_text(), 90), last_lines(beat)
    assert (tmp_path / "beat.pid").exists()
