import importlib.util
import re
import sys

import pytest

from app.providers.catalogue.catalogue import Catalogue
from app.providers.parameters.declarations import PARAMETERS


@pytest.fixture(scope="module")
def manual(root):
    """The script that writes the tables, loaded from packaging/."""
    path = root / "packaging" / "scripts" / "manual.py"
    spec = importlib.util.spec_from_file_location("facet_manual", path)
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


@pytest.fixture(scope="module")
def pages(root):
    found = sorted((root / "resources" / "manual").glob("*.md"))
    return {page.name: page.read_text(encoding="utf-8") for page in found}


def test_the_tables_say_what_the_program_declares(manual, pages):
    stale = [name for name, text in pages.items() if manual.rewritten(text) != text]
    assert stale == [], "run: python3 packaging/run.py manual"


def test_every_kind_of_table_stands_in_the_manual_once(manual, pages):
    marks = re.findall(r"<!-- table: (\w+) -->", "".join(pages.values()))
    assert sorted(marks) == sorted(manual.TABLES)
    assert "".join(pages.values()).count("<!-- end -->") == len(marks)


def test_a_stale_table_is_noticed_and_mended(manual):
    page = "# Page\n<!-- table: models -->\nold\n<!-- end -->\nrest\n"
    fresh = manual.rewritten(page)
    assert "| Practice |" in fresh
    assert "old" not in fresh
    assert fresh.endswith("<!-- end -->\nrest\n")
    assert manual.rewritten(fresh) == fresh


def test_check_changes_nothing_and_reports(manual, tmp_path, monkeypatch, capsys):
    page = tmp_path / "01-page.md"
    page.write_text("# Page\n<!-- table: commands -->\n<!-- end -->\n", encoding="utf-8")
    monkeypatch.setattr(manual, "MANUAL", tmp_path)
    assert manual.main(["--check"]) == 1
    assert capsys.readouterr().out == "01-page.md\n"
    assert manual.main([]) == 0
    assert "| shortcut |" in page.read_text(encoding="utf-8")
    assert manual.main(["--check"]) == 0


def test_bars_in_a_cell_do_not_break_a_table(manual):
    assert manual.table(["a"], [["x|y\nz"]]) == "| a |\n| --- |\n| x\\|y z |\n"


def test_every_page_has_one_title_and_every_section_a_heading_of_its_own(pages):
    headings = []
    for name, text in pages.items():
        outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
        assert len(re.findall(r"^# ", outside, re.MULTILINE)) == 1, name
        headings += re.findall(r"^## (.+)", outside, re.MULTILINE)
    assert len(headings) == len(set(headings))


def test_every_dial_and_provider_is_explained_in_prose(pages):
    prose = re.sub(r"<!-- table.*?<!-- end -->", "", "".join(pages.values()), flags=re.DOTALL)
    missing = [p.title for p in PARAMETERS.values() if p.title.lower() not in prose.lower()]
    missing += [p.name for p in Catalogue.bundled().profiles() if p.name not in prose]
    assert missing == []


def test_code_blocks_are_closed_and_name_their_language(pages):
    for name, text in pages.items():
        fences = re.findall(r"^```(\w*)", text, re.MULTILINE)
        assert len(fences) % 2 == 0, name
        assert all(fences[::2]), name
        assert not any(fences[1::2]), name
