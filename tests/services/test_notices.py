from app.core.errors import AppError
from app.services.notices import Notice, NoticeService


def test_notices_raised_before_anyone_listens_are_delivered_later() -> None:
    service = NoticeService()
    heard: list[Notice] = []
    service.show(Notice("early"))
    service.raised.connect(heard.append)
    service.release()
    service.report(AppError("The disk is full.", "Free some space."))
    assert [notice.text for notice in heard] == ["early", "The disk is full. Free some space."]
    assert heard[1].kind == "error"
