import ast
import re

import pytest

NOWHERE = {
    "processEvents": "it lets events run inside events",
    "asyncSlot": "it keeps no reference to its task",
    "asyncClose": "it spins processEvents",
    "run_coroutine_threadsafe": "there is one thread",
    "exec": "it freezes every task under qasync",
    "exec_": "it freezes every task under qasync",
    "QProcess": "Facet starts no program",
    "QTcpServer": "Facet listens on no network",
    "eval": "Facet runs no code it was given",
}
ONLY_IN = {
    "Popen": "app/engine/process.py",
    "start_server": "app/providers/account/callback.py",
    "create_task": "app/services/tasks.py",
    "ensure_future": "app/services/tasks.py",
    "openUrl": "app/ui/widgets/link_dialog.py",
    "startfile": "app/ui/widgets/link_dialog.py",
}
STARTS_THE_CHILD = ("app/engine/process.py", "subprocess")
"""The one program that Facet starts is the child that holds a model."""
NO_IMPORT = ("webbrowser", "subprocess", "pickle", "marshal", "shelve", "http.server")
VAGUE_MODULES = {"utils", "util", "common", "helpers", "helper", "base", "manager", "misc"}
OTHER_WORDS = re.compile(
    r"(Manager|Helper|Utils?|Impl|Base|Mixin)$"
    r"|Toast|Alert|Notification|Preference|Persona|Vendor|Completion|Upload|Knob"
)
OPEN_ENDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|mark\.(skip|xfail)|pytest\.(skip|xfail)\b")


def used_names(tree):
    """Every name a module uses: attributes, plain names and imported names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.name, node.lineno) for alias in node.names)


def classes(modules):
    return [
        (module, node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    ]


def test_what_must_not_be_called_is_not(modules):
    breaches = [
        f"{module.name}:{line}: {name}: {NOWHERE[name]}"
        for module in modules
        for name, line in used_names(module.tree)
        if name in NOWHERE
    ]
    assert breaches == []


def test_a_painter_ends_with_its_block(modules):
    """One that outlives an error keeps its widget in painting: the next paint ends the process."""
    breaches = []
    for module in modules:
        held = {
            id(item.context_expr)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.With)
            for item in node.items
        }
        breaches += [
            f"{module.name}:{node.lineno}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) == "QPainter"
            and id(node) not in held
        ]
    assert breaches == []


def test_the_system_shell_is_not_used(modules):
    breaches = [
        f"{module.name}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.system", "os.popen")
    ]
    assert breaches == []


def test_some_things_happen_in_one_place_only(modules):
    breaches = [
        f"{module.name}:{line}: {name} belongs in {ONLY_IN[name]}"
        for module in modules
        for name, line in used_names(module.tree)
        if name in ONLY_IN and module.name != ONLY_IN[name]
    ]
    assert breaches == []


def test_no_module_that_starts_programs_or_runs_data_is_imported(modules):
    breaches = []
    for module in modules:
        for node in ast.walk(module.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            breaches += [
                f"{module.name}: {name}"
                for name in names
                if name in NO_IMPORT and (module.name, name) != STARTS_THE_CHILD
            ]
    assert breaches == []


def is_broad(handler):
    names = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        name is None or (isinstance(name, ast.Name) and name.id in ("Exception", "BaseException"))
        for name in names
    )


def test_no_error_is_swallowed(modules):
    """A broad handler may only tidy up and raise again; the rest reaches the crash dialog."""
    breaches = [
        f"{module.name}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and is_broad(node)
        and not isinstance(node.body[-1], ast.Raise)
    ]
    assert breaches == []


def test_no_module_has_a_vague_name(modules):
    names = {part.removesuffix(".py") for module in modules for part in module.name.split("/")}
    assert names & VAGUE_MODULES == set()


def test_classes_are_named_by_the_word_table(modules):
    breaches = [
        f"{module.name}: {node.name}"
        for module, node in classes(modules)
        if OTHER_WORDS.search(node.name)
    ]
    assert breaches == []


def test_a_qt_model_is_called_list_model(modules):
    breaches = [
        f"{module.name}: {node.name}"
        for module, node in classes(modules)
        if any(
            "Abstract" in ast.unparse(base) and "Model" in ast.unparse(base) for base in node.bases
        )
        and not node.name.endswith("ListModel")
    ]
    assert breaches == []


def test_an_error_is_called_error(modules):
    breaches = [
        f"{module.name}: {node.name}"
        for module, node in classes(modules)
        if any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)
        and not node.name.endswith("Error")
    ]
    assert breaches == []


@pytest.mark.parametrize("folder", ["app", "packaging", "tests"])
def test_nothing_is_left_open(root, folder):
    breaches = [
        f"{path.relative_to(root)}:{number}"
        for path in (root / folder).rglob("*.py")
        if path.name != "test_names.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if OPEN_ENDS.search(line)
    ]
    assert breaches == []
