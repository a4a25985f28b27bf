from pathlib import Path

import pytest

from app.cli.arguments import parse


def test_no_command_is_the_window_and_the_profile_may_stand_before_every_command() -> None:
    assert parse([]).command is None
    assert parse(["--profile", "x"]).profile == Path("x")
    assert parse(["--profile", "x", "list"]).command == "list"


def test_a_parameter_can_be_set_several_times() -> None:
    parsed = parse(["ask", "--set", "a=1", "--set", "b=2", "hi"])
    assert parsed.set == ["a=1", "b=2"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["export", "--format", "md", "--out", "x"],
        ["export", "--all", "--conversation", "1", "--format", "md", "--out", "x"],
        ["export", "--all", "--format", "pdf", "--out", "x"],
        ["search"],
    ],
)
def test_what_makes_no_sense_ends_with_status_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(arguments)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--version"])
    assert capsys.readouterr().out.startswith("facet ")
