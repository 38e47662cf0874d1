"""What a process remembers, and for how long."""

import pytest

from expo.memo import forget, remembered


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("expo.memo.time.monotonic", lambda: now[0])
    return now


def test_an_answer_is_remembered_for_its_seconds(clock):
    asked = []

    @remembered(10)
    def double(number):
        asked.append(number)
        return number * 2

    assert [double(1), double(2), double(1)] == [2, 4, 2]
    assert asked == [1, 2]
    clock[0] += 9.9
    double(1)
    assert asked == [1, 2]
    clock[0] += 0.2
    assert double(1) == 2
    assert asked == [1, 2, 1]
    forget()
    double(1)
    assert asked == [1, 2, 1, 1]


def test_memory_has_an_end(clock):
    asked = []
    function = remembered(10, most=2)(asked.append)
    for number in (1, 2, 3, 1):
        function(number)
    assert asked == [1, 2, 3, 1]


def test_a_mistake_is_not_remembered(clock):
    answers = iter([ValueError("not now"), 5])

    @remembered(10)
    def ask():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="not now"):
        ask()
    assert ask() == 5
