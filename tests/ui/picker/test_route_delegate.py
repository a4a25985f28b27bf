"""How rows are drawn."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.core.costs.usage import Price
from app.core.models.model import Model
from app.ui.picker.route_delegate import RouteDelegate
from app.ui.picker.route_list_model import RouteListModel
from app.ui.picker.rows import Row, RowKind

GEMMA = Model("p", "m", "Gemma", context=8192, price=Price(Decimal(1), Decimal(2)))


def route(**changes):
    return Row(RowKind.ROUTE, "Gemma", "p", "Provider", GEMMA, "m", **changes)


@pytest.fixture
def draw(theme):
    delegate = RouteDelegate(theme)

    def paint(row, state=QStyle.StateFlag.State_Enabled, width=500):
        model = RouteListModel()
        model.show([row])
        image = QImage(width, 38, QImage.Format.Format_RGB32)
        image.fill(theme.colour("background"))
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 38)
        option.state = state
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(0))
        painter.end()
        return image

    return paint


def test_every_kind_and_state_looks_different(theme, draw):
    selected = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected
    hovered = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_MouseOver
    pictures = [
        draw(Row(RowKind.SECTION, "Gemma")),
        draw(Row(RowKind.GROUP, "Gemma", provider="2 routes")),
        draw(Row(RowKind.TYPED, "Gemma", "p", "Provider", model_id="m")),
        draw(route()),
        draw(route(is_indented=True)),
        draw(route(is_current=True)),
        draw(route(is_pinned=True)),
        draw(route(has_key=False)),
        draw(route(), selected),
        draw(route(), hovered),
        draw(route(is_pinned=True), selected),
    ]
    theme.choose("dark")
    pictures.append(draw(route()))
    for place, picture in enumerate(pictures):
        assert picture not in pictures[:place]


def test_rows_without_room_are_drawn_without_harm(draw):
    assert not draw(route(has_key=False), width=60).isNull()


def test_rows_grow_with_the_text(theme):
    delegate = RouteDelegate(theme)
    model = RouteListModel()
    model.show([route()])
    before = delegate.sizeHint(QStyleOptionViewItem(), model.index(0)).height()
    theme.zoom(2)
    assert delegate.sizeHint(QStyleOptionViewItem(), model.index(0)).height() == 2 * before


def ink(image, left, right):
    """The height of what is drawn between two columns."""
    ground = image.pixelColor(1, 1)
    rows = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y) != ground for x in range(left, right))
    ]
    return max(rows) - min(rows) if rows else 0


def test_the_check_and_the_star_grow_with_the_text(draw, theme):
    small = draw(route(is_current=True, is_pinned=True))
    theme.zoom(2.0)
    large = draw(route(is_current=True, is_pinned=True))
    assert ink(large, 8, 44) > 1.6 * ink(small, 8, 26)
    assert ink(large, 440, 498) > 1.5 * ink(small, 470, 498)
