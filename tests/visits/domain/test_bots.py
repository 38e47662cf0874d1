"""The labelled sample of ``tests/visits/agents.txt``; docs/visits.md says how the patterns score on larger ones."""

from pathlib import Path

import pytest

from visits.domain.bots import is_bot

SAMPLE = [
    line.split("\t", 1)
    for line in (Path(__file__).parents[1] / "agents.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("label", "name"), SAMPLE)
def test_programs_are_told_from_readers(label, name):
    assert is_bot(name) == (label == "bot")


def test_a_name_without_end_costs_little():
    assert not is_bot("Mozilla/5.0 (Linux; Android 10) " + "a(" * 500_000)
