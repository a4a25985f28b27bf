"""Chemical formulas become TeX."""

import pytest

from app.render.formulas.chemistry import spelt_out
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
        (
            "A <=>[x][y] B",
            "\\mathrm{A} \\xrightleftharpoons[{\\mathrm{y}}]{{\\mathrm{x}}} \\mathrm{B}",
        ),
        ("A->B", "\\mathrm{A} \\longrightarrow \\mathrm{B}"),
        ("A ->[\\Delta] B", "\\mathrm{A} \\xrightarrow{\\Delta} \\mathrm{B}"),
        ("^14_6C", "^{14}_{6}\\mathrm{C}"),
        ("$n$ H2O", "{n} \\mathrm{H}_{2}\\mathrm{O}"),
        ("Al2(SO4)3", "\\mathrm{Al}_{2}(\\mathrm{S}\\mathrm{O}_{4})_{3}"),
    ],
)
def test_spelt_out(source, expected):
    assert spelt_out(source) == f"{{{expected}}}"


@pytest.mark.parametrize(
    "source",
    [
        "2H2 + O2 -> 2H2O",
        "^{14}_{6}C -> ^{14}_{7}N + e-",
        "CH3-CH2-OH ->[H2SO4][heat] CH2=CH2",
        "N2 + 3H2 <=>[..][..] 2NH3",
        "N2 + 3H2 <=>[\\text{Fe}][450 °C] 2NH3",
        "A <-[x] B <-->[y] C",
        "[Ag(NH3)2]+ + Cl- <=> AgCl v",
        "K2Cr2O7",
        "CuSO4·5H2O",
        "Fe^{II}Fe^{III}2O4",
    ],
)
def test_drawn(source):
    assert draw(f"\\ce{{{source}}}", is_display=True).width > 3


@pytest.mark.parametrize("source", ["Ä", "a\\frac{1}{2}"])
def test_what_is_not_understood_stays_its_source(source):
    with pytest.raises(FormulaError):
        draw(f"\\ce{{{source}}}", is_display=False)


def test_other_formulas_stay():
    with pytest.raises(FormulaError, match="unknown"):
        draw("\\cec x^2", is_display=True)
