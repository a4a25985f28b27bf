"""Answers made to be heavy, in any share of their size: depth, formulas, tables and lines without
end."""


def heavy(share: float = 1.0) -> dict[str, str]:
    """By name. What repeats is repeated that share as often as in the whole; depth stays."""

    def times(count: int, least: int = 1) -> int:
        return max(least, round(count * share))

    row = "|" + "b|" * 100 + "\n"
    span = "<tr><td colspan=2000 rowspan=2000>a</td></tr>"
    return {
        "html_tables_deep": "<table><tr><td>" * 24 + "x",
        "one_word": "x" * times(1_000_000),
        "table_100000_cells": f"|{'a|' * 100}\n|{'-|' * 100}\n{row * times(1000)}",
        "html_spans": f"<table>{span * 200}</table>",
        "quotes_emphasis_brackets": ">" * times(100_000)
        + " x\n\n"
        + "*a _a " * times(20_000)
        + "[" * times(20_000)
        + "a"
        + "](u)" * times(20_000),
        "open_fence": "```py\n" + 'x = "`` ` ~~~ <b> $$ \\( |-|-| "\n' * times(4000, 400),
        "marks_joiners_directions": ("a" + "\u0301" * times(2000, 500)) * times(20, 5)
        + "\U0001f468\u200d" * times(50_000)
        + "\u202e" * times(5000)
        + "abc"
        + "\u2067" * times(5000),
    }
