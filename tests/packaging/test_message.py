import message
import pytest


def test_progress_goes_to_standard_error(capsys):
    message.say("Ready.")
    out, err = capsys.readouterr()
    assert (out, err) == ("", "[setup] Ready.\n")


@pytest.mark.parametrize("program", ["zenity", "kdialog", "xmessage"])
def test_without_a_terminal_the_first_dialog_program_says_it(monkeypatch, program, capsys):
    shown = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(message.sys, "platform", "linux")
    monkeypatch.setattr(message.shutil, "which", lambda name: name if name == program else None)
    monkeypatch.setattr(message.subprocess, "run", lambda command, **_: shown.append(command))
    message.show("Install with:\n    sudo …", has_window=True)
    [command] = shown
    assert command[0] == program
    assert any("Install with:\n    sudo …" in part for part in command)
    assert "Install with" in capsys.readouterr().err


def test_macos_says_it_with_a_text_that_is_no_script(monkeypatch):
    shown = []
    monkeypatch.setattr(message.sys, "platform", "darwin")
    monkeypatch.setattr(message.subprocess, "run", lambda command, **_: shown.append(command))
    message.show('a "quoted" text', has_window=True)
    assert shown[0][0] == "osascript"
    assert shown[0][-1] == 'a "quoted" text'


def test_a_command_without_a_window_opens_no_dialog(monkeypatch):
    shown = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(message.shutil, "which", lambda name: name)
    monkeypatch.setattr(message.subprocess, "run", lambda command, **_: shown.append(command))
    message.show("no", has_window=False)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    message.show("no", has_window=True)
    assert shown == []
