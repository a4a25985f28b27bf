"""Very wide tables are cut before they are read, and how much is told."""

import time

import pytest

from app.render.markdown.parser import parse
from app.render.splitting.wide_tables import narrowed
from app.render.tree import Remark, Table, plain


def table(columns, *, outer=True):
    edge = "|" if outer else ""
    rows = ["|".join(f"{name}{n}" for n in range(columns)) for name in "hc"]
    return f"{edge}{rows[0]}{edge}\n{edge}{'|'.join(['-'] * columns)}{edge}\n{edge}{rows[1]}{edge}"


@pytest.mark.parametrize("outer", [True, False])
def test_the_first_columns_stay(outer):
    source, more = narrowed(table(100, outer=outer), 24)
    assert more == 76
    (block,) = parse(source)
    assert isinstance(block, Table)
    assert [plain(cell) for cell in block.header] == [f"h{n}" for n in range(24)]
    assert [plain(cell) for cell in block.rows[0]] == [f"c{n}" for n in range(24)]


def test_escaped_bars_are_no_ends():
    source, more = narrowed("|" + "a\\|b|" * 60 + "\n|" + "-|" * 60, 24)
    assert more == 36
    assert source.split("\n")[0] == "|" + "a\\|b|" * 24


@pytest.mark.parametrize("source", [table(20), "a|" * 100, "x", "", "|" * 100 + "\ntext"])
def test_everything_else_is_left_alone(source):
    assert narrowed(source, 24) == (source, 0)


def test_it_is_told_above_the_table_which_may_go_on_below():
    remark, block = parse(table(300))
    assert isinstance(block, Table)
    assert remark == Remark("276 more columns of this table are not drawn.")


def test_it_costs_little():
    source = table(20_000)
    started = time.process_time()
    parse(source)
    assert time.process_time() - started < 0.2
