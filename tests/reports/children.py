"""Workers in processes of their own, and their sudden end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.db import connection

ISSUE = """
import datetime as dt
from reports.schedule import issue_due
issue_due(dt.datetime(2020, 11, 20, 1, tzinfo=dt.timezone(dt.timedelta(hours=7))))
"""
WALK = """
from reports.walk import walk_when_due
walk_when_due()
"""
SEND = """
from reports.sending import send_asked
send_asked()
"""
CHILD = """
import importlib, sys, time
import django
django.setup()
if point := sys.argv[1]:
    module, name = point.rsplit(".", 1)
    module = importlib.import_module(module)
    original = getattr(module, name)
    def hang(*args, **kwargs):
        result = original(*args, **kwargs)
        print("reached", flush=True)
        time.sleep(60)
        return result
    setattr(module, name, hang)
"""


def start_child(work: str, point: str = "") -> subprocess.Popen:
    """A worker that does this and stops at ``point``, just after it, for ever; "": at none."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD + work, point],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "EXPO_TEST_DATABASE": connection.settings_dict["NAME"],
        },
    )


def kill_at(point: str, work: str) -> None:
    child = start_child(work, point)
    assert child.stdout.readline().strip() == "reached"
    child.send_signal(signal.SIGKILL)
    child.wait(60)
