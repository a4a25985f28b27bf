import ast
from pathlib import PurePosixPath

SHORTEST = 30
"""A module of so few lines, or without a function, need not have a test file of its own."""


def does_something(module):
    return module.text.count("\n") > SHORTEST and any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(module.tree)
    )


def test_every_module_has_its_tests_at_the_same_place(modules, root):
    missing = []
    for module in modules:
        path = PurePosixPath(module.name)
        if path.name == "__init__.py" or not does_something(module):
            continue
        name = path.stem.strip("_")
        place = PurePosixPath("tests", *path.parts[1:-1], f"test_{name}.py")
        if not (root / place).exists():
            missing.append(f"{module.name} → {place}")
    assert missing == []


def test_every_test_file_of_a_room_names_a_module_of_it(root):
    strangers = []
    for room in (path for path in (root / "app").iterdir() if path.is_dir()):
        for test in (root / "tests" / room.name).rglob("test_*.py"):
            below = test.parent.relative_to(root / "tests")
            names = [path.stem.strip("_") for path in (root / "app" / below).iterdir()]
            subject = test.stem.removeprefix("test_")
            if not any(subject == name or subject.startswith(f"{name}_") for name in names):
                strangers.append(str(test.relative_to(root)))
    assert strangers == []
