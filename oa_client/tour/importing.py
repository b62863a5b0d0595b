"""Import of accounts by spreadsheet: every row judged first, bad ones named, the good ones carried out, passwords kept in a file."""

from pathlib import Path

import xlsxwriter

from oa_client.domain.roster import BAD, NEW
from oa_client.domain.roster_cells import TITLES
from oa_client.tour.cast import Cast
from oa_client.tour.guide import Guide
from oa_client.usecases import accounts

UNIT = "刑侦支队"
FRESH = (("190011", "宋知遥"), ("190012", "叶思远"), ("190013", "贺景行"))
WRONG = (("19001A", "沈若谷"), ("190014", ""))


def walk(guide: Guide, cast: Cast, folder: Path) -> None:
    """From a sheet to accounts."""
    sheet = _sheet(folder / "账号名单.xlsx")
    with guide.step("批量导入：逐行预览，有错的行指出来"):
        main = cast.enter(cast.persona("单位管理员"))
        page = main.go("accounts")
        guide.settle()
        before = page.list.model.rowCount()
        window = page.roster.open()
        guide.settle()
        guide.picture("批量导入", window)
        window.load(sheet)
        guide.wait(lambda: window.shown is not None, "读出名单", 60)
        guide.settle()
        marks = [line.mark for line in window.pane.lines]
        guide.check("每行都有结果", (marks.count(NEW), marks.count(BAD)) == (len(FRESH), len(WRONG)), marks)
        guide.check("有错的行说明原因", all(line.sentence for line in window.pane.lines if line.mark == BAD))
        guide.picture("批量导入-预览", window)
    with guide.step("批量导入：好的行先办，一次性密码存为文件"):
        guide.press(window.foot.verb)
        guide.wait(lambda: len(window.slips.slips) == len(FRESH), "导入", 60)
        guide.settle()
        guide.picture("批量导入-结果", window)
        kept = folder / "一次性密码.xlsx"
        window.slips.save_to(kept)
        guide.settle()
        guide.check("密码已存为文件", kept.is_file() and window.slips.safe)
        window.close()
        guide.settle()
        made = guide.look(lambda: {row.login for row in accounts.accounts(cast.desk)} & {login for login, _name in FRESH})
        guide.check("账号已建立，错的没有", made == {login for login, _name in FRESH} and page.list.model.rowCount() == before + len(FRESH), page.list.model.rowCount())


def _sheet(file: Path) -> Path:
    """A sheet as an administrator fills it in, two rows of it wrong."""
    book = xlsxwriter.Workbook(str(file))
    page = book.add_worksheet("账号")
    page.write_row(0, 0, [TITLES[key] for key in ("login", "name", "unit", "post")])
    for at, (login, name) in enumerate((*FRESH, *WRONG), 1):
        page.write_row(at, 0, [login, name, UNIT, "民警"])
    book.close()
    return file
