from pathlib import Path


def does_something(folder: Path) -> bool:
    return any("def " in path.read_text(encoding="utf-8") for path in folder.glob("*.py"))


def folders(root: Path) -> list[Path]:
    return [
        folder.relative_to(root)
        for folder in sorted((root / "app").rglob("*"))
        if folder.is_dir() and folder.name != "__pycache__" and list(folder.glob("*.py"))
    ]


def test_every_folder_has_its_tests_at_the_same_place(root):
    missing = [
        str(folder)
        for folder in folders(root)
        if does_something(root / folder)
        and not list((root / "tests").joinpath(*folder.parts[1:]).glob("test_*.py"))
    ]
    assert missing == []


def test_every_folder_of_tests_below_a_room_mirrors_one_of_it(root):
    rooms = {folder.parts[1] for folder in folders(root)}
    strangers = [
        str(test.relative_to(root))
        for room in rooms
        for test in (root / "tests" / room).rglob("test_*.py")
        if not root.joinpath("app", *test.parent.relative_to(root / "tests").parts).is_dir()
    ]
    assert strangers == []
