"""No module needs, by any way round, a module that needs it; late imports count too."""

import ast
from graphlib import CycleError, TopologicalSorter

LATE_AT_THE_START = {
    ("app.__main__", "app.bootstrap"),
    ("app.__main__", "app.window_app"),
    ("app.window_app", "app.bootstrap"),
}
"""The window's frame is painted before what these bring is imported."""

MOST_FOR_TYPES_ONLY = 10


def dotted(module):
    return module.name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def needs(module, names):
    """The modules of app/ that this one imports anywhere in its text."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (name for name in (inner, node.module) if name in names)


def test_no_imports_go_round_in_a_circle(modules):
    names = {dotted(module) for module in modules}
    graph = {}
    for module in modules:
        name = dotted(module)
        graph[name] = {
            other
            for other in needs(module, names)
            if other != name and (name, other) not in LATE_AT_THE_START
        }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from error


def test_imports_for_types_alone_are_rare(modules):
    """Each saves the start a heavy import; one that hides a circle fails above."""
    found = [module.name for module in modules if "TYPE_CHECKING" in module.text]
    assert len(found) <= MOST_FOR_TYPES_ONLY, found
