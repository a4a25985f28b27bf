"""Tables for other programs."""

import csv
import io

import pytest

from app.render.output.table_text import csv_text, tsv
from app.render.tree import Mark, Run, Table


def cell(text):
    return (Run(text),)


TABLE = Table(
    (cell("Name"), cell("Says")),
    ("", "right"),
    ((cell("a, b"), cell('"x"\u2028y')), ((Run("bo", Mark.STRONG), Run("th")),)),
)


def test_every_cell_has_its_text_and_short_rows_are_filled():
    assert TABLE.grid() == [["Name", "Says"], ["a, b", '"x"\ny'], ["both", ""]]


def test_tab_separated_lines_have_no_tab_or_break_inside_a_cell():
    assert tsv(TABLE.grid()) == 'Name\tSays\na, b\t"x" y\nboth\t\n'
    assert tsv([["a\tb", "c"]]) == "a b\tc\n"


def test_csv_is_read_back_as_it_was():
    text = csv_text(TABLE.grid())
    assert text == '\ufeffName,Says\r\n"a, b","""x""\ny"\r\nboth,\r\n'
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == TABLE.grid()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(1)"]
)
def test_no_cell_is_taken_for_a_formula(cell):
    assert csv_text([[cell]])[1:].lstrip('"').startswith("'")


@pytest.mark.parametrize(
    "cell", ["-5", "+3.25", "-1,200.50", "-12 %", "-$3.50", "-1e-9", "- ", "a=b", "x-y", ""]
)
def test_numbers_and_plain_words_stay_as_they_are(cell):
    guarded = cell == "- "
    (row,) = list(csv.reader(io.StringIO(csv_text([[cell, "."]])[1:], newline="")))
    assert row[0] == (f"'{cell}" if guarded else cell)
