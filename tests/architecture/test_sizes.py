import statistics

LONGEST = 500
MEDIAN = 130


def lines(module):
    return module.text.count("\n")


def test_no_module_is_longer_than_one_can_hold_in_mind(modules):
    assert [f"{m.name}: {lines(m)}" for m in modules if lines(m) > LONGEST] == []


def test_most_modules_are_short(modules):
    assert statistics.median(lines(m) for m in modules if lines(m) > 10) <= MEDIAN


def test_the_set_up_script_is_short_too(root):
    for path in (root / "packaging").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST, path
