"""Every part is drawn in every theme and size, in the window it was given, without noise."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label
from tests.ui import gallery


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("size", ["normal", "large", "xlarge"])
def test_the_gallery_is_drawn(styled, tmp_path, name, size):
    files = gallery.draw(tmp_path, name, size)
    assert len(files) == 7
    ground = theme.tokens().colour("window")
    for file in files:
        image = QImage(str(file))
        colours = {image.pixelColor(x, y).rgb() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(colours) > 20, file
        assert file.name.startswith("calendar") or image.pixelColor(1, image.height() - 2) == ground, file


@pytest.mark.parametrize("sheet", gallery.SHEETS)
def test_a_sheet_fits_a_small_screen(styled, qtbot, sheet):
    made = gallery.SHEETS[sheet]()
    qtbot.addWidget(made)
    made.show()
    assert made.minimumSizeHint().width() <= gallery.SIZE[0]


@pytest.mark.parametrize("sheet", gallery.SHEETS)
def test_everything_has_a_name_for_screen_readers(styled, qtbot, sheet):
    made = gallery.SHEETS[sheet]()
    qtbot.addWidget(made)
    reached = [part for part in made.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(made)
               and not part.objectName().startswith("qt_") and not isinstance(part.parent(), QComboBox)]
    nameless = [part for part in reached if not (part.accessibleName() or getattr(part, "text", str)() or part.toolTip())
                and type(part).__module__.startswith("oa_client")]
    assert nameless == []


def test_parts_made_without_a_parent_do_not_open_windows(styled, qtbot):
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    chip, form = Chip("特急"), FormGrid()
    empty = Chip()
    empty.say("加急")
    form.add("title", "标题", label("甲"), hint="可不填", required=True)
    for made in (chip, empty, form):
        qtbot.addWidget(made)
    assert {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()} == before
    form.add_wide(empty)
    form.show()
    assert empty.isVisible()
