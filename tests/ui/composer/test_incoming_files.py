from app.ui.composer.incoming_files import pasted_name
from app.ui.window.notice_bar import SHOWN_FOR
from tests.ui.transcript.sections.test_thumbnails import png

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478"
    "9c6360f8cfc0f01f0005050200a2d49d6e0000000049454e44ae426082"
)


async def test_files_are_attached_or_refused_with_a_reason(desk, tmp_path):
    view = desk.window.view
    (tmp_path / "note.txt").write_text("Some text", encoding="utf-8")
    view.composer.attach_requested.emit([tmp_path / "note.txt", PIXEL])
    names = [attachment.name for attachment in view.composer.attachments()]
    assert names == ["note.txt", "pasted picture"]
    view.composer.attach_requested.emit([tmp_path / "not there.txt"])
    assert view.notices.isVisible()
    assert len(view.composer.attachments()) == 2


async def test_what_is_refused_is_all_named_and_only_for_a_while(desk, tmp_path):
    view = desk.window.view
    for name in ("one.bin", "two.bin"):
        (tmp_path / name).write_bytes(b"\x00\xff" * 40)
    shown = []
    desk.services.notices.raised.connect(shown.append)
    view.composer.attach_requested.emit([tmp_path / "one.bin", PIXEL, tmp_path / "two.bin"])
    assert [attachment.name for attachment in view.composer.attachments()] == ["pasted picture"]
    (notice,) = shown
    assert notice.text.startswith(
        "one.bin is of a kind that cannot be attached."
        " two.bin is of a kind that cannot be attached."
    )
    assert notice.text.count("UTF-8 text") == 1
    assert notice.kind in SHOWN_FOR
    assert SHOWN_FOR[notice.kind] > 0


def test_pasted_bytes_are_called_what_they_are():
    assert pasted_name(PIXEL) == "pasted picture"
    assert pasted_name(b"\xff\xd8\xff\xe0") == "pasted picture"
    assert pasted_name("Grüße".encode()) == "pasted text.txt"


async def test_how_large_pictures_are_sent_follows_the_setting(desk):
    composer = desk.window.view.composer
    composer.attach_requested.emit([png(3000, 1500)])
    assert "will be sent at 2048 × 1024" in composer.files.tiles[0].facts
    desk.services.settings.set("sending.picture_side", "1024")
    assert "will be sent at 1024 × 512" in composer.files.tiles[0].facts


async def test_a_large_file_is_taken_in_beside_the_window(desk, tmp_path):
    composer, attaching = desk.window.view.composer, desk.services.attaching
    (tmp_path / "long.txt").write_bytes(b"words " * 200_000)
    attachment = (
        await desk.until(
            attaching.taken, composer.attach_requested.emit, [tmp_path / "long.txt", PIXEL]
        )
    )[1]
    assert attachment.name == "long.txt"
    names = [attachment.name for attachment in composer.attachments()]
    assert names == ["pasted picture", "long.txt"]


async def test_a_large_file_goes_into_no_other_conversation(desk, tmp_path):
    view, attaching = desk.window.view, desk.services.attaching
    (tmp_path / "long.txt").write_bytes(b"words " * 200_000)
    view.composer.attach_requested.emit([tmp_path / "long.txt"])
    said = []
    desk.services.notices.raised.connect(said.append)
    await desk.until(attaching.taken, desk.services.conversations.new)
    assert view.composer.attachments() == []
    assert [notice.text for notice in said] == [
        "long.txt was not attached: another conversation was opened meanwhile."
    ]


async def test_a_file_with_the_same_content_is_told_and_not_added(desk, tmp_path):
    composer, shown = desk.window.view.composer, []
    desk.services.notices.raised.connect(lambda notice: shown.append(notice.text))
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("the same words", encoding="utf-8")
    composer.attach_requested.emit([tmp_path / "one.txt", tmp_path / "two.txt"])
    assert [attachment.name for attachment in composer.attachments()] == ["one.txt"]
    assert shown == ["two.txt has the same content as one.txt and is not sent twice."]
    composer.attach_requested.emit([tmp_path / "one.txt"])
    assert shown[1:] == ["one.txt is attached already."]


async def test_a_large_file_given_twice_is_told_too(desk, tmp_path):
    composer, attaching = desk.window.view.composer, desk.services.attaching
    shown = []
    desk.services.notices.raised.connect(lambda notice: shown.append(notice.text))
    (tmp_path / "long.txt").write_bytes(b"words " * 200_000)
    for _ in range(2):
        await desk.until(attaching.taken, composer.attach_requested.emit, [tmp_path / "long.txt"])
    assert shown == ["long.txt is attached already."]
