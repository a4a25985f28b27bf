"""What is selected with the mouse is pasted with the middle button, as everywhere on X11."""


def test_text_selected_in_an_answer_is_pasted_by_the_middle_button(start, screen):
    facet = start().shown("Facet")
    facet.ask("What does temperature do?")
    facet.answer("done")
    x, y, width, height = facet.place()
    middle = x + width // 2
    screen.tool("mousemove", middle, y + int(height * 0.36), "mousedown", "1")
    for share in (0.4, 0.45, 0.5):
        screen.tool("mousemove", middle, y + int(height * share))
    screen.tool("mouseup", "1")
    screen.tool("mousemove", middle, y + height - 115, "click", "2")
    wanted = "steady: good for facts, translations and code"
    facet.until(lambda: any(wanted in draft for draft in facet.history.drafts()), "it is pasted")
    facet.quit()
