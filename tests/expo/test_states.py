"""The diagrams in the docs are those of the code."""

import pytest
from django.core.management import CommandError, call_command

from expo import states
from orders.states import ORDER_TRANSITIONS, OrderState


def test_docs_are_up_to_date():
    call_command("state_diagrams", check=True)


@pytest.mark.parametrize("machine", states.MACHINES, ids=lambda machine: machine.title)
def test_every_state_can_be_reached(machine):
    moves = states.import_string(machine.transitions)
    reached, todo = set(), {machine.start}
    while todo:
        reached |= todo
        todo = {after for state in todo for after in moves[state]} - reached
    assert reached == set(states.import_string(machine.states).values)


def test_check_notices_a_new_move(monkeypatch):
    monkeypatch.setitem(ORDER_TRANSITIONS, OrderState.EXPIRED, frozenset({OrderState.PAID}))
    with pytest.raises(CommandError, match="out of date"):
        call_command("state_diagrams", check=True)


def test_command_writes_the_document(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("state_diagrams")
    text = (tmp_path / "docs" / "states.md").read_text()
    assert "placed --> paid" in text
    assert "cancelled --> [*]" in text
    assert "| `placed` | Menunggu pembayaran | Waiting for payment |" in text
