"""How a dial looks is declared with its parameter, so that a new one is one entry."""

import ast

from app.providers.parameters.declarations import DIALS

SAME_WORDS = {
    "app/ui/picker/filters.py": "what a model can do",
    "app/ui/conversation/answer_details.py": "why an answer ended",
    "app/ui/transcript/streaming/text_buffer.py": "what a text is part of",
}
"""Tables whose entries are called as a dial is, and what they are."""


def tables(tree):
    """What a module declares at its top: assigned lists, sets, tuples and mappings."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from (
                found
                for found in ast.walk(node.value)
                if isinstance(found, ast.List | ast.Tuple | ast.Set | ast.Dict)
            )


def names_in(table):
    entries = table.keys if isinstance(table, ast.Dict) else table.elts
    return {entry.value for entry in entries if isinstance(entry, ast.Constant)}


def test_no_part_of_the_interface_has_a_table_of_dials(modules):
    breaches = [
        f"{module.name}:{table.lineno}: {sorted(names_in(table) & set(DIALS))}"
        for module in modules
        if module.room == "ui" and module.name not in SAME_WORDS
        for table in tables(module.tree)
        if names_in(table) & set(DIALS)
    ]
    assert breaches == []


def test_no_dial_is_treated_by_its_name(modules):
    breaches = [
        f"{module.name}:{node.lineno}"
        for module in modules
        if module.name.startswith("app/ui/tuning/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Compare)
        and any(
            isinstance(side, ast.Constant) and side.value in DIALS
            for side in (node.left, *node.comparators)
            if isinstance(getattr(side, "value", None), str)
        )
    ]
    assert breaches == []
