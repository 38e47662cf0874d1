import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from orders.statements.matching import COMBINED, EXACT, LATE, NEAR, SAME, Awaited, Incoming, propose

DAY = dt.date(2026, 11, 20)


def row(pk, amount, *, text="", date=DAY) -> Incoming:
    return Incoming(pk, date, text, amount)


def waits(pk, amount, code=0, *, buyer="", name="Sari Dewi", asked=DAY, late=False) -> Awaited:
    return Awaited(pk, amount, code, asked, name, frozenset({buyer or f"buyer {pk}"}), late)


def kinds(rows, payments):
    return {pk: [(one.kind, one.payments) for one in found] for pk, found in propose(rows, payments).items()}


def test_an_amount_that_only_one_payment_and_one_row_have_is_exact():
    assert kinds([row(1, 150_123), row(2, 99_000)], [waits(7, 150_123, 123), waits(8, 150_777, 777)]) == {
        1: [(EXACT, (7,))]
    }


def test_two_rows_or_two_payments_of_one_amount_are_never_exact():
    assert kinds([row(1, 50_000), row(2, 50_000)], [waits(7, 50_000)]) == {1: [(SAME, (7,))], 2: [(SAME, (7,))]}
    assert kinds([row(1, 50_000)], [waits(7, 50_000), waits(8, 50_000)]) == {1: [(SAME, (7,)), (SAME, (8,))]}


def test_the_buyer_named_in_the_row_comes_first():
    payments = [waits(7, 50_000, name="Budi Santoso"), waits(8, 50_000, name="Sari Dewi")]
    assert kinds([row(1, 50_000, text="TRSF DARI SARI DEWI")], payments)[1][0] == (SAME, (8,))


def test_money_from_before_the_order_is_not_its_payment():
    assert kinds([row(1, 150_123, date=DAY - dt.timedelta(days=1))], [waits(7, 150_123, 123)]) == {}
    assert kinds([row(1, 150_123, date=DAY + dt.timedelta(days=61))], [waits(7, 150_123, 123)]) == {}


def test_an_expired_order_is_suggested_but_never_exact():
    assert kinds([row(1, 150_123)], [waits(7, 150_123, 123, late=True)]) == {1: [(LATE, (7,))]}
    assert kinds([row(1, 150_123)], [waits(7, 150_123, 123, late=True), waits(8, 150_123, 123)]) == {1: [(EXACT, (8,))]}


def test_near_misses_the_code_left_out_mistyped_or_a_fee_taken():
    for amount in (150_000, 150_321, 150_123 - 6_500, 150_123 - 2_500, 150_000 - 2_500):
        (found,) = propose([row(1, amount)], [waits(7, 150_123, 123)])[1]
        assert (found.kind, found.difference) == (NEAR, amount - 150_123)
    assert propose([row(1, 151_500)], [waits(7, 150_123, 123)]) == {}


def test_one_transfer_for_several_orders_of_one_buyer():
    payments = [waits(7, 100_111, 111, buyer="a"), waits(8, 200_222, 222, buyer="a"), waits(9, 300_333, 333, buyer="b")]
    assert kinds([row(1, 300_333 - 333 + 333)], payments)[1][0] == (EXACT, (9,))
    assert kinds([row(1, 300_000)], payments)[1][0] == (COMBINED, (7, 8))  # without the codes
    assert kinds([row(1, 400_444)], payments) == {}  # of different buyers


def test_a_buyer_with_very_many_orders_costs_nothing():
    payments = [waits(pk, 10_000 + pk, buyer="a") for pk in range(2000)]
    assert propose([row(1, 30_000_000)], payments) == {}


@given(
    st.lists(st.integers(1, 60), max_size=10),
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from("ab"), st.booleans()), max_size=8),
)
def test_no_payment_is_exact_twice_and_exact_means_equal(incoming, asked):
    rows = [row(pk, amount) for pk, amount in enumerate(incoming)]
    payments = [waits(pk, amount, buyer=buyer, late=late) for pk, (amount, buyer, late) in enumerate(asked)]
    amounts = {payment.pk: payment.amount for payment in payments}
    proposals = [one for each in propose(rows, payments).values() for one in each]
    exact = [one.payments for one in proposals if one.kind == EXACT]
    assert len(set(exact)) == len(exact)
    for one in proposals:
        assert sum(amounts[pk] for pk in one.payments) + one.difference == incoming[one.row]
        assert one.kind != EXACT or one.difference == 0
