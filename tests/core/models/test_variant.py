from app.core.models.variant import Variant


def test_variants_that_ask_the_same_are_equal():
    assert Variant("p", "m", "Be brief.", {"seed": 7}) == Variant(
        "p", "m", "Be brief.", {"seed": 7}
    )
    assert Variant("p", "m") != Variant("p", "m", parameters={"seed": 7})
