"""What a start finds: another Facet on the same profile, a theme in the settings."""

from tests.drive.facet import ACCENT, write_settings

PANEL = "#fafafb"


def test_a_second_start_brings_the_first_window_forward(start, screen):
    first = start().shown("Facet")
    screen.tool("windowminimize", "--sync", first.window)
    first.until(lambda: not first.has_focus(), "the first window lost the keyboard")
    second = start()
    second.ends_well()
    first.until(lambda: first.windows() and first.has_focus(), "the first window came forward")
    first.ask("Still the same?")
    first.answer("done")
    first.quit()


def test_the_window_is_dark_when_the_settings_say_so(start, profile):
    write_settings(profile, {"appearance.theme": "dark", "written.by": "a newer Facet"})
    facet = start().shown("Facet")

    def background(left: float, right: float) -> str:
        seen = facet.colours(left, 0.3, right, 0.5)
        return max(seen, key=lambda colour: seen[colour])

    facet.until(lambda: background(0.25, 0.7) == "#17171b", "the transcript is dark")
    facet.until(lambda: background(0.02, 0.18) == "#111114", "the list is dark")
    facet.until(lambda: background(0.76, 0.98) == "#1b1b20", "the panel is dark")
    facet.key("ctrl+comma")
    main = facet.window
    facet.shown("Settings")
    facet.until(lambda: background(0.02, 0.2) == "#111114", "the settings are dark too")
    facet.key("Escape")
    facet.window = main
    facet.quit()
    assert '"written.by": "a newer Facet"' in (profile / "config" / "settings.json").read_text()


def test_a_narrow_window_opens_again_without_the_dials(start, screen):
    facet = start().shown("Facet")
    screen.tool("windowsize", "--sync", facet.window, 720, 520)

    def has_no_dials() -> bool:
        return PANEL not in facet.colours(0.85, 0.01, 0.99, 0.06)

    facet.until(has_no_dials, "the dials give way")
    facet.quit()

    facet = start().shown("Facet")
    assert facet.place()[2:] == (720, 520)
    facet.until(lambda: ACCENT in facet.colours(0.8, 0.8, 1, 1), "Send is in view")
    facet.until(has_no_dials, "the dials stay away")
    facet.quit()
