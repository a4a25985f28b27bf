"""Chemical formulas become TeX."""

import pytest

from app.render.formulas.chemistry import without_chemistry
from app.render.formulas.formula import FormulaError, draw


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("H2O", "\\mathrm{H}_{2}\\mathrm{O}"),
        ("2H2", "2\\,\\mathrm{H}_{2}"),
        ("SO4^2-", "\\mathrm{S}\\mathrm{O}_{4}^{2-}"),
        ("Ca^{2+}", "\\mathrm{Ca}^{2+}"),
        ("H+", "\\mathrm{H}^{+}"),
        ("A -> B", "\\mathrm{A} \\longrightarrow \\mathrm{B}"),
        ("A <=> B", "\\mathrm{A} \\rightleftharpoons \\mathrm{B}"),
        ("A ->[H+] B", "\\mathrm{A} \\xrightarrow{{\\mathrm{H}^{+}}} \\mathrm{B}"),
        ("A ->[100 °C, 2 h] B", "\\mathrm{A} \\xrightarrow{\\text{100 °C, 2 h}} \\mathrm{B}"),
        ("Cu.5H2O", "\\mathrm{Cu}\\cdot 5\\mathrm{H}_{2}\\mathrm{O}"),
        ("C#C", "\\mathrm{C}\\equiv \\mathrm{C}"),
        ("H2 ^", "\\mathrm{H}_{2} \\uparrow"),
        ("Al2(SO4)3", "\\mathrm{Al}_{2}(\\mathrm{S}\\mathrm{O}_{4})_{3}"),
    ],
)
def test_spelt_out(source, expected):
    assert without_chemistry(f"x \\ce{{{source}}} y") == f"x {{{expected}}} y"


@pytest.mark.parametrize(
    "source",
    ["2H2 + O2 -> 2H2O", "^{14}_{6}C -> ^{14}_{7}N + e-", "CH3-CH2-OH ->[H2SO4][heat] CH2=CH2"],
)
def test_drawn(source):
    assert draw(f"\\ce{{{source}}}", is_display=True).width > 3


@pytest.mark.parametrize("source", ["Ä", "A <=>[x] B", "a\\frac{1}{2}", "$x$"])
def test_what_is_not_understood_stays_its_source(source):
    with pytest.raises(FormulaError):
        draw(f"\\ce{{{source}}}", is_display=False)


def test_other_formulas_stay():
    assert without_chemistry("\\cec x^2") == "\\cec x^2"
