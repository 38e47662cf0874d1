"""What the browser tests need is found, installed by root, or asked for in plain words."""

import os
import stat

import pytest

from expo.runtime import browser
from expo.runtime.children import ServiceError


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system whose only programs are those that it is given; its apt-get logs what it is asked."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "NAMES", ("our-chromium",))
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    def add(name, script):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    add("apt-get", f'echo "$@" >> {tmp_path}/asked; cp /bin/true {tmp_path}/our-chromium')
    add.asked = lambda: (tmp_path / "asked").read_text().splitlines() if (tmp_path / "asked").exists() else []
    return add


def test_a_chromium_that_is_there_is_taken(system):
    path = system("our-chromium", "true")
    assert browser.prepare_browser() == str(path)
    assert system.asked() == []


def test_root_gets_chromium_from_the_packages(system):
    assert browser.prepare_browser().endswith("our-chromium")
    assert system.asked() == ["update -qq", "install -y -qq chromium"]


def test_root_gets_what_the_driver_lacks(system, monkeypatch):
    system("our-chromium", "true")
    lacks = iter(["libatomic.so.1: cannot open", ""])
    monkeypatch.setattr(browser, "driver_problem", lambda: next(lacks))
    browser.prepare_browser()
    assert system.asked() == ["update -qq", "install -y -qq libatomic1"]


def test_others_are_told_what_to_install(system, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ServiceError, match="apt-get install chromium"):
        browser.prepare_browser()
    system("our-chromium", "true")
    monkeypatch.setattr(browser, "driver_problem", lambda: "libatomic.so.1: cannot open")
    with pytest.raises(ServiceError, match=r"libatomic.so.1.*\n.*apt-get install libatomic1"):
        browser.prepare_browser()
    assert system.asked() == []


def test_a_failed_installation_says_why(system):
    system("apt-get", 'echo "E: no network" >&2; exit 100')
    with pytest.raises(ServiceError, match="no network"):
        browser.prepare_browser()


def test_a_wrong_path_is_named(system, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(ServiceError, match="/nowhere/chromium"):
        browser.prepare_browser()
