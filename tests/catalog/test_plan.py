"""The floor plan: every booth on a spot of its own."""

from catalog.plan import STAND_DEPTH, STAND_WIDTH, draw_plan


def card(number, column, row):
    return {
        "pk": number, "url": f"/{number}/", "number": f"A{number}", "name": "Usaha", "place": "UKM",
        "slug": f"s{number}", "column": column, "row": row,
    }  # fmt: skip


def test_stands_do_not_overlap_and_stay_inside():
    plan = draw_plan([card(number, number % 12, number // 12) for number in range(60)])
    spots = {(stand.x, stand.y) for stand in plan.stands}
    assert len(spots) == 60
    for stand in plan.stands:
        assert 0 < stand.x <= plan.width - STAND_WIDTH
        assert 0 < stand.y <= plan.height - STAND_DEPTH
        assert not any(0 < abs(stand.x - x) < STAND_WIDTH and abs(stand.y - y) < STAND_DEPTH for x, y in spots)


def test_booths_without_places_get_some():
    plan = draw_plan([card(number, 0, 0) for number in range(30)])
    assert len({(stand.x, stand.y) for stand in plan.stands}) == 30


def test_halls_may_count_from_one():
    from_one = draw_plan([card(number, number % 8 + 1, number // 8 + 1) for number in range(16)])
    from_zero = draw_plan([card(number, number % 8, number // 8) for number in range(16)])
    assert from_one == from_zero


def test_fascia_hangs_on_the_side_of_the_aisle():
    first, second, third = draw_plan([card(row, 0, row) for row in range(3)]).stands
    assert first.edge_y > first.y  # row 0 faces down, 1 faces up to the same aisle, 2 down again
    assert second.edge_y == second.y
    assert third.edge_y > third.y
    assert second.y + STAND_DEPTH == third.y  # back to back


def test_own_stand_is_lit_and_an_empty_hall_is_a_plan_too():
    assert [stand.is_here for stand in draw_plan([card(1, 0, 0), card(2, 1, 0)], "s2").stands] == [False, True]
    assert draw_plan([]).width > 0
