from decimal import Decimal

from app.core.costs.spending import Spending, total


def test_nothing_spent_is_not_zero_dollars() -> None:
    nothing = total([])
    assert (nothing.reported, nothing.confirmed, nothing.estimated) == (None, None, None)
    assert (nothing.input_tokens, nothing.searches, nothing.answers) == (None, None, 0)


def test_each_kind_is_added_up_for_itself() -> None:
    one = Spending("p", "a", 2, Decimal(1), None, Decimal("0.5"), 0, 10, 20, 0, 1)
    other = Spending("p", "b", 3, Decimal(2), Decimal("0.25"), None, 1, None, None, 3)
    assert total([one, other]) == Spending(
        "", "", 5, Decimal(3), Decimal("0.25"), Decimal("0.5"), 1, 10, 20, 3, 1
    )


def test_a_bill_is_what_was_reported_and_confirmed() -> None:
    found = Spending("p", "a", 3, Decimal(1), Decimal("0.25"), Decimal(4))
    assert found.billed == Decimal("1.25")
    assert found.known == Decimal("5.25")
    assert Spending().known == 0


def test_the_ids_of_the_first_stay() -> None:
    assert Spending("p", "a", 1).plus(Spending("q", "b", 1)).model_id == "a"
