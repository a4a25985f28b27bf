import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import app

LOCKS = ("requirements.lock", "requirements-tools.lock")
LIBRARY = re.compile(r"`([A-Za-z][\w.-]*)[^`]*`")


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(root, lock):
    text = (root / "packaging" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))


def test_the_version_is_the_newest_in_the_changelog(root):
    heads = re.findall(
        r"^## \[([^\]]+)\]", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert heads[0] == "Unreleased"
    assert heads[1] == app.__version__


def test_the_readme_gives_a_reason_for_every_dependency(root, project):
    wanted = {
        canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"]
    }
    named = set()
    section = (root / "README.md").read_text(encoding="utf-8").split("## Dependencies")[1]
    for line in section.split("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 3 or not LIBRARY.search(cells[1]):
            continue
        assert len(cells[2]) > 15, f"no reason for {cells[1]}"
        named |= {canonicalize_name(name) for name in LIBRARY.findall(cells[1])}
    assert named == wanted


def test_the_locks_fit_what_the_project_asks_for(root, project):
    runtime = project["project"]["dependencies"]
    tools = project["dependency-groups"]["test"]
    for lock, wanted in (
        ("requirements.lock", runtime),
        ("requirements-tools.lock", runtime + tools),
    ):
        versions = pinned(root, lock)
        for requirement in map(Requirement, wanted):
            version = versions.get(canonicalize_name(requirement.name))
            assert version, f"{lock} lacks {requirement.name}: run `packaging/run.py lock`"
            assert requirement.specifier.contains(version), f"{lock}: {requirement} is {version}"


def test_both_locks_pin_the_same_versions(root):
    tools = pinned(root, "requirements-tools.lock")
    for name, version in pinned(root, "requirements.lock").items():
        assert tools[name] == version


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_names_no_host(root, lock):
    text = (root / "packaging" / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


PATH = re.compile(r"(?<![\w/])[a-z_]+(?:/[a-z_]+)*\.py")


def test_the_way_of_the_data_goes_through_modules_that_are_there(root):
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    way = text.split("## The way of the data")[1].split("## ")[0]
    assert way.count("\n") <= 40
    modules = [path.relative_to(root / "app").as_posix() for path in (root / "app").rglob("*.py")]
    named = PATH.findall(way)
    assert len(named) > 20
    assert [name for name in named if not any(f"/{m}".endswith(f"/{name}") for m in modules)] == []


def test_fonts_come_with_their_licence(root):
    fonts = root / "resources" / "fonts"
    families = {
        path.name.split("-")[0] for path in fonts.iterdir() if path.suffix in (".otf", ".ttf")
    }
    assert families
    for family in families:
        text = (fonts / f"{family}-OFL.txt").read_text(encoding="utf-8")
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_icons_and_the_program_come_with_their_licence(root):
    icons = (root / "resources" / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert icons.startswith("ISC License")
    assert "Lucide" in icons
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
