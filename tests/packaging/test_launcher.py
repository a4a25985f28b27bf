import sys

import launcher
import message
import pytest


def test_the_menu_entry_starts_this_checkout(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    file = launcher.install()
    assert file == tmp_path / "applications" / "io.github.facet_chat.Facet.desktop"
    lines = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    assert lines["Exec"].endswith('packaging/run.py"')
    assert lines["Terminal"] == "false"
    assert (launcher.ROOT / "resources" / "icon.svg").exists()


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("/opt/facet/run.py", '"/opt/facet/run.py"'),
        ("/home/a b/run.py", '"/home/a b/run.py"'),
        ("/100%/x", '"/100%%/x"'),
        ('/a"$b', '"/a\\\\"\\\\$b"'),
    ],
)
def test_odd_folders_are_quoted_as_the_specification_says(part, written):
    assert launcher.quoted(part) == written


def test_other_systems_are_told_what_to_double_click(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(message.SetupError, match=r"start\.command"):
        launcher.install()
