"""The auditor's page: who did what with a paper, the chains verified, an anchor made, and the audit compared with it."""

from pathlib import Path

from oa_client.tour.cast import Cast
from oa_client.tour.guide import Guide
from oa_client.ui.audit.anchor_dialogs import AnchorDialog, CompareDialog
from oa_client.ui.audit.anchor_made import AnchorMade
from oa_client.usecases import auditing

WORDS = "Qiu-shi-2026-mao"


def walk(guide: Guide, cast: Cast, document: int, folder: Path) -> None:
    """From the list to a comparison with an anchor."""
    with guide.step("审计：按公文筛选留痕"):
        main = cast.enter(cast.persona("审计"))
        guide.check("审计员看不到公文", "todo" not in main.navigation.buttons and "library" not in main.navigation.buttons)
        page = main.go("audit")
        guide.settle()
        guide.check("列出留痕", page.list.model.rowCount() > 20, page.list.model.rowCount())
        guide.picture("审计", main)
        page.list.narrow(document=str(document))
        guide.settle()
        expected = guide.look(lambda: auditing.total(cast.desk, page.list.narrowed()))
        guide.check("这件公文的留痕都在", 0 < page.list.model.rowCount() == expected, f"{page.list.model.rowCount()} / {expected}")
        guide.picture("审计-一件公文", main)
        page.list.clear_filter()
        guide.settle()
    with guide.step("审计：立即校验"):
        page.checks.verify_button.click()
        guide.wait(lambda: page.found is not None, "校验", 300)
        guide.settle()
        guide.check("全部相符", page.found.good, page.bar.banner.sentence.text())
        guide.picture("审计-校验", main)
    with guide.step("审计：生成锚点，再与它比对"):
        page.checks.anchor_button.click()
        asked = guide.dialog(AnchorDialog)
        anchor = folder / "留痕锚点.json"
        asked.source.set_value("file")
        for field, words in ((asked.file, str(anchor)), (asked.key, str(folder / "锚点密钥.pem"))):
            field.setText(words)
        for secret in (asked.passphrase, asked.again):
            guide.type(secret, WORDS)
        guide.picture("生成锚点", main)
        guide.press(asked.verb)
        made = guide.dialog(AnchorMade)
        guide.check("锚点已写出", anchor.is_file())
        guide.picture("锚点单", main)
        guide.press(made.back)
        page.found = None
        page.checks.compare_button.click()
        compared = guide.dialog(CompareDialog)
        compared.file.setText(str(anchor))
        guide.press(compared.verb)
        guide.wait(lambda: page.found is not None, "比对", 300)
        guide.settle()
        guide.check("与锚点相符", page.found.good and page.found.anchor is not None, page.bar.banner.sentence.text())
        guide.picture("审计-比对", main)
