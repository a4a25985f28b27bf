import sys

import message
import pytest
import system


def lines(error):
    return str(error.value).splitlines()


def test_a_user_gets_one_line_to_copy(bare_debian, monkeypatch):
    monkeypatch.setattr(system, "_can_make_environments", lambda: False)
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=False)
    text, command = lines(error)
    assert "libEGL.so.1" in text
    assert f"and {len(system.LIBRARIES) + 1 - 3} more" in text
    assert command.strip().startswith("sudo apt-get update && sudo apt-get install -y ")
    packages = command.split()[7:]
    assert f"python3.{sys.version_info.minor}-venv" in packages
    assert "libxcb-cursor0" in packages
    assert len(set(packages)) == len(packages)
    assert "xvfb" not in packages


def test_tests_ask_for_their_programs_too(bare_debian, monkeypatch):
    monkeypatch.setattr(system, "_loads", lambda soname: True)
    monkeypatch.setattr(system, "_can_make_environments", lambda: True)
    bare_debian.provide(needs_test_programs=False)
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=True)
    asked = lines(error)[1].split("install -y ")[1].split()
    assert {"dbus", "gnome-keyring", "openbox", "xdotool", "xvfb"} <= set(asked)


def test_tests_ask_for_what_reads_the_window_aloud(bare_debian, monkeypatch, tmp_path):
    monkeypatch.setattr(system, "_loads", lambda soname: True)
    monkeypatch.setattr(system, "_can_make_environments", lambda: True)
    monkeypatch.setattr(system, "TEST_PROGRAMS", ())
    monkeypatch.setattr(system, "ACCESS_BUS_FILE", tmp_path / "missing")
    monkeypatch.setattr(system, "SYSTEM_PYTHON", str(tmp_path / "python3"))
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=True)
    assert lines(error)[1].endswith(" at-spi2-core python3-pyatspi")


def test_a_system_python_without_pyatspi_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(system, "SYSTEM_PYTHON", str(tmp_path / "python3"))
    assert not system._has_access_reader()
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    assert not system._has_access_reader()
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 0\n")
    assert system._has_access_reader()


def test_a_wayland_session_asks_for_its_libraries(bare_debian, monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=False)
    assert "libwayland-client0" in lines(error)[1]


@pytest.mark.parametrize(
    ("program", "start", "package"),
    [
        ("dnf", "sudo dnf install -y ", "xcb-util-cursor"),
        ("pacman", "sudo pacman -S --needed --noconfirm ", "xcb-util-cursor"),
    ],
)
def test_each_package_manager_gets_its_own_words(bare_debian, monkeypatch, program, start, package):
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name == program else None)
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=False)
    assert lines(error)[1].strip().startswith(start)
    assert package in lines(error)[1].split()


def test_an_unknown_system_gets_the_whole_list(bare_debian, monkeypatch):
    monkeypatch.setattr(system.shutil, "which", lambda name: None)
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=False)
    assert all(need.name in str(error.value) for need in system.LIBRARIES)


def test_root_on_debian_installs_and_looks_again(bare_debian, monkeypatch):
    installed = []
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(system, "_can_make_environments", lambda: True)
    monkeypatch.setattr(system, "_loads", lambda soname: bool(installed))
    monkeypatch.setattr(system, "_install", installed.extend)
    bare_debian.provide(needs_test_programs=False)
    assert "libegl1" in installed


def test_root_on_another_system_gets_its_line_without_sudo(bare_debian, monkeypatch):
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name == "dnf" else None)
    with pytest.raises(message.SetupError) as error:
        bare_debian.provide(needs_test_programs=False)
    assert lines(error)[1].strip().startswith("dnf install -y ")


def test_apts_own_words_are_shown_when_it_fails(monkeypatch, tmp_path, capsys):
    asked = tmp_path / "asked"
    program = tmp_path / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$@" >> {asked}\necho "E: no such package"\nexit 100\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(message.SetupError, match="apt-get install"):
        system._install(["libegl1"])
    assert "E: no such package" in capsys.readouterr().err
    update, install = asked.read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libegl1")


def test_windows_and_macos_need_no_packages(bare_debian, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    bare_debian.provide(needs_test_programs=True)


def test_this_machine_has_all_that_tests_need():
    system.provide(needs_test_programs=True)


def test_no_screen_is_said_with_what_works_without(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(message.SetupError, match="neither DISPLAY nor WAYLAND_DISPLAY is set"):
        system.find_screen()


def test_a_display_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "nowhere-9")
    monkeypatch.setenv("DISPLAY", ":9876")
    with pytest.raises(message.SetupError, match="nowhere-9 does not answer"):
        system.find_screen()


def test_a_chosen_platform_is_left_to_qt(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    system.find_screen()
