"""收文要素识别: invented documents in, fields and their certainty out."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.intake_lines import find_date, squeeze
from oa_client.domain.intake_reading import ReadingRules, normal_number, read_fields
from oa_client.settings import resource

RULES = ReadingRules.from_data(json.loads(resource("rules/intake_reading.json").read_text("utf-8")))

BODY = "　　为做好有关工作，现将有关事项通知如下：\n　　一、提高认识。各单位要严守国家秘密，不得泄露机密事项，特急事项随时报告。\n"
CLOSE = "　　　　　　　云岚市公安局\n　　　　　　　2026年1月5日\n"
IMPRINT = "（此件公开发布）\n抄送：省公安厅。\n云岚市公安局办公室　　　　2026年1月6日印发\n— 1 —\n"


def doc(head: str, title: str, main: str = "各县（市）区公安局：", body: str = BODY, close: str = CLOSE) -> str:
    return "\n".join(part for part in (head, title, main, body, close, IMPRINT) if part)


PLAIN_HEAD = "云岚市公安局文件\n云公发〔2026〕12号"

CASES = [
    ("plain", doc(PLAIN_HEAD, "云岚市公安局关于做好春运安保工作的通知"),
     {"title": "云岚市公安局关于做好春运安保工作的通知", "from_organ": "云岚市公安局", "from_number": "云公发〔2026〕12号",
      "doc_date": date(2026, 1, 5), "secrecy": "", "urgency": "平件", "main_to": "各县（市）区公安局", "doc_type": "通知"}, ""),
    ("spaced head and number", doc("云 岚 市 公 安 局 文 件\n云公发 [ 2026 ] 012 号", "关于报送材料的通知"),
     {"from_organ": "云岚市公安局", "from_number": "云公发〔2026〕12号"}, ""),
    ("all marks in lines", doc("000003\n机密★5年\n特急\n" + PLAIN_HEAD, "关于专项行动的通知"),
     {"secrecy": "机密", "urgency": "特急", "from_organ": "云岚市公安局"}, ""),
    ("marks in one line", doc("000003　秘密★1年　加急\n" + PLAIN_HEAD, "关于专项行动的通知"),
     {"secrecy": "秘密", "urgency": "加急"}, ""),
    ("spaced marks", doc("绝 密 ★ 长 期\n特 急\n" + PLAIN_HEAD, "关于专项行动的通知"), {"secrecy": "绝密", "urgency": "特急"}, ""),
    ("mark without period", doc("秘密\n" + PLAIN_HEAD, "关于专项行动的通知"), {"secrecy": "秘密"}, ""),
    ("mark in a table cell", doc("密级\t机密\t紧急程度\t加急\n" + PLAIN_HEAD, "关于专项行动的通知"),
     {"secrecy": "机密", "urgency": "加急"}, ""),
    ("secrecy words in the title only", doc(PLAIN_HEAD, "关于加强国家秘密和机密文件管理的通知"),
     {"secrecy": "", "title": "关于加强国家秘密和机密文件管理的通知"}, ""),
    ("secrecy list in the annex", doc(PLAIN_HEAD, "关于开展定密培训的通知", close=CLOSE + "附件\n密级名称\n绝密\n机密\n秘密\n"), {"secrecy": ""}, ""),
    ("three line title", doc(PLAIN_HEAD, "云岚市公安局 云岚市司法局\n关于印发《社区矫正对象协同管理\n工作办法（试行）》的通知"),
     {"title": "云岚市公安局云岚市司法局关于印发《社区矫正对象协同管理工作办法（试行）》的通知", "doc_type": "通知"}, ""),
    ("forwarding title", doc(PLAIN_HEAD, "关于转发《江北省公安厅关于加强值班工作的通知》\n的通知"),
     {"title": "关于转发《江北省公安厅关于加强值班工作的通知》的通知"}, ""),
    ("forwarding without book marks", doc(PLAIN_HEAD, "关于转发省公安厅加强值班工作通知\n的通知"), {"title": "关于转发省公安厅加强值班工作通知的通知"}, ""),
    ("wrapped addressees", doc(PLAIN_HEAD, "关于做好安保工作的通知", "各县（市）区公安局，市局机关各部门、\n各直属单位，高新区、栖云区\n分局："),
     {"main_to": "各县（市）区公安局，市局机关各部门、各直属单位，高新区、栖云区分局", "title": "关于做好安保工作的通知"}, ""),
    ("half-width colon and brackets", doc("江北省公安厅文件\n江公通(2025)3号", "关于开展核查的通知", "各市公安局:"),
     {"from_number": "江公通〔2025〕3号", "main_to": "各市公安局", "from_organ": "江北省公安厅"}, "from_organ"),
    ("bracketed department in the code", doc("云岚市公安局刑事侦查支队\n云公（刑）〔2026〕7号", "关于协助查询的函", "望岚区分局："),
     {"from_number": "云公（刑）〔2026〕7号", "doc_type": "函", "from_organ": "云岚市公安局刑事侦查支队"}, ""),
    ("request upward with signer", doc("云岚市公安局文件\n云公请〔2026〕3号　　　　签发人：陈某某", "云岚市公安局关于购置执法记录仪的请示", "市人民政府："),
     {"from_number": "云公请〔2026〕3号", "doc_type": "请示", "main_to": "市人民政府"}, ""),
    ("joint request with two rows of signers", doc("云岚市公安局文件\n云公请〔2026〕4号\n签发人：陈某某　赵某某\n孙某某", "关于建设联合指挥中心的请示", "市人民政府："),
     {"title": "关于建设联合指挥中心的请示", "main_to": "市人民政府"}, ""),
    ("letter format, mark left and number right", doc("云岚市人民政府办公室\n特急　　　　云政办函〔2026〕15号", "云岚市人民政府办公室关于征求意见的函", "市公安局：", close="云岚市人民政府办公室\n2026年4月1日"),
     {"from_organ": "云岚市人民政府办公室", "from_number": "云政办函〔2026〕15号", "urgency": "特急", "doc_type": "函"}, ""),
    ("letter, marks under the number", doc("云岚市财政局\n云财函〔2026〕8号\n加急", "关于核对预算的函", "市公安局："), {"urgency": "加急", "title": "关于核对预算的函"}, ""),
    ("joint document", doc("云岚市公安局\n云岚市交通运输局文件\n云岚市应急管理局\n云公联〔2026〕2号", "关于联合整治的通告", "",
                           close="云岚市公安局\n云岚市交通运输局\n云岚市应急管理局\n2026年3月9日"),
     {"from_organ": "云岚市公安局、云岚市交通运输局、云岚市应急管理局", "doc_type": "通告", "doc_date": date(2026, 3, 9)}, ""),
    ("wrapped organ", doc("云岚市公安局交通警察\n支队文件\n云公交〔2026〕5号", "关于限行的通知"), {"from_organ": "云岚市公安局交通警察支队"}, ""),
    ("Chinese numeral date", doc(PLAIN_HEAD, "关于值班的通知", close="云岚市公安局\n二〇二六年十二月二十三日"), {"doc_date": date(2026, 12, 23)}, ""),
    ("Chinese date with letter O and spaces", doc(PLAIN_HEAD, "关于值班的通知", close="云岚市公安局\n二 Ｏ 二 六 年 一 月 五 日"), {"doc_date": date(2026, 1, 5)}, ""),
    ("name and date in one line", doc(PLAIN_HEAD, "关于值班的通知", close="云岚市公安局　2026 年 2 月 28 日"), {"doc_date": date(2026, 2, 28)}, ""),
    ("date in a note under the title", doc(PLAIN_HEAD, "关于表彰先进集体的决定", "", "（2026年1月8日局党委会议通过）\n" + BODY, ""), {"doc_date": date(2026, 1, 8), "doc_type": "决定"}, ""),
    ("annex has its own signature", doc(PLAIN_HEAD, "关于转发值班制度的通知", close=CLOSE + "附件\n值班制度\n江北省公安厅\n2025年3月1日"), {"doc_date": date(2026, 1, 5)}, ""),
    ("order", doc("云岚市公安局令\n第3号", "", "", "《云岚市公安局规范性文件管理规定》已经审议通过，现予公布，自2026年5月1日起施行。", "局长　赵某某\n2026年4月2日"),
     {"from_organ": "云岚市公安局", "from_number": "第3号", "doc_type": "命令", "doc_date": date(2026, 4, 2)}, "from_number doc_type doc_date"),
    ("telegram", doc("云岚市公安局办公室明传电报\n发往：各分局\n等级：特提·明电\n云公传发〔2026〕9号", "关于做好寒潮防范工作的紧急通知", "各分局："),
     {"urgency": "特急", "from_number": "云公传发〔2026〕9号", "from_organ": "云岚市公安局办公室"}, "urgency"),
    ("urgent title without mark", doc("", "云岚市公安局关于防汛的紧急通知"), {"urgency": "加急"}, "urgency secrecy from_organ"),
    ("minutes", doc("云岚市公安局党委会议纪要\n〔2026〕3号", "", "", "2026年1月5日，局党委召开会议，研究有关事项。", "", ), {"doc_type": "纪要"}, "doc_type title"),
    ("no head, titled report", "云岚市公安局2025年政府信息公开工作年度报告\n\n根据《中华人民共和国政府信息公开条例》规定，编制本报告。\n云岚市公安局\n2026年1月20日",
     {"title": "云岚市公安局2025年政府信息公开工作年度报告", "from_organ": "云岚市公安局", "doc_type": "报告", "doc_date": date(2026, 1, 20), "main_to": ""}, "title from_organ secrecy main_to doc_type"),
    ("no head, summary", "2026年上半年禁毒工作总结\n今年以来，全市禁毒工作扎实推进，取得明显成效。",
     {"title": "2026年上半年禁毒工作总结", "doc_type": "", "doc_date": None}, "title doc_type doc_date"),
    ("prose only, name of the file", "今年以来,全市公安机关认真履职,圆满完成了各项工作任务。现将情况汇报如下:\n一、基本情况",
     {"title": "关于辖区治安形势的报告", "doc_type": "报告", "main_to": ""}, "title doc_type main_to"),
    ("prose only, no useful name", "一年来，全市经侦工作稳步推进。经侦工作成果丰硕，经侦工作队伍建设加强，2026年经侦工作再上台阶。", {"title": "2026年经侦工作"}, "title"),
    ("form with labels", "来文单位\t江北省公安厅\n来文字号\t江公办[2026]8号\n标题\t关于开展档案检查的通知\n密级\t\n紧急程度\t加急\n成文日期\t2026-02-03",
     {"from_organ": "江北省公安厅", "from_number": "江公办〔2026〕8号", "title": "关于开展档案检查的通知", "urgency": "加急", "doc_date": date(2026, 2, 3)}, ""),
    ("number cited in the body", doc("云岚市公安局文件", "关于贯彻落实文件精神的通知", body="根据江公发〔2025〕99号文件要求，通知如下。\n江公发〔2025〕99号\n"), {"from_number": ""}, "from_number"),
    ("impossible date", doc(PLAIN_HEAD, "关于值班的通知", close="云岚市公安局\n2026年2月30日"), {"doc_date": date(2026, 1, 6)}, "doc_date"),
    ("suffix line under the title", doc(PLAIN_HEAD, "关于加强接处警工作的意见\n（征求意见稿）"), {"title": "关于加强接处警工作的意见（征求意见稿）", "doc_type": "意见"}, ""),
    ("salutation is no addressee", doc("", "在全市公安工作会议上的讲话", "同志们：", close=""), {"main_to": "", "title": "在全市公安工作会议上的讲话", "doc_type": ""}, "title main_to doc_type"),
    ("empty", "", {"title": "", "from_organ": "", "from_number": "", "doc_date": None, "secrecy": "", "urgency": "平件"}, "title from_organ from_number doc_date secrecy urgency"),
]
FILE_NAMES = {"prose only, name of the file": "03-关于辖区治安形势的报告（扫描件）20260304.pdf", "prose only, no useful name": "report-2026.docx"}


@pytest.mark.parametrize(("name", "text", "expected", "unsure"), CASES, ids=[case[0] for case in CASES])
def test_fields_of_invented_documents(name, text, expected, unsure):
    reading = read_fields(text, FILE_NAMES.get(name, "scan001.pdf"), RULES)
    got = {key: getattr(reading, key) for key in expected}
    assert {key: guess.value for key, guess in got.items()} == expected
    doubted = {key for key, guess in got.items() if not guess.sure}
    assert {key for key in unsure.split() if key in expected} == doubted
    assert all(guess.why for guess in got.values())


@pytest.mark.parametrize("word", ["绝密", "机密", "秘密"])
def test_secrecy_in_a_file_name_is_only_suspected(word):
    guess = read_fields(doc(PLAIN_HEAD, "关于值班的通知"), f"（{word}）关于值班的通知.docx", RULES).secrecy
    assert (guess.value, guess.sure) == (word, False)


def test_number_from_the_file_name_is_only_suspected():
    guess = read_fields("今天开会。", "云公发（2026）7号 关于开会的通知.docx", RULES).from_number
    assert (guess.value, guess.sure) == ("云公发〔2026〕7号", False)


@pytest.mark.parametrize(("raw", "proper"), [
    ("云公发〔2026〕12号", "云公发〔2026〕12号"), ("云公发[2026]012号", "云公发〔2026〕12号"),
    ("云公发（２０２６）第１２号", "云公发〔2026〕12号"), ("云公发【2026年】12 号", "云公发〔2026〕12号"),
    ("云公（治）字〔2026〕8号", "云公（治）字〔2026〕8号"), ("云公(治)〔2026〕8号", "云公（治）〔2026〕8号"),
    ("第 003 号", "第3号"), ("2026年第3号", "2026年第3号"), ("云公发2026", ""), ("云公发〔2026〕0号", ""), ("", ""),
])
def test_number_is_put_in_its_proper_form(raw, proper):
    assert normal_number(raw) == proper


@given(code=st.text("云岚公发办函请纪交ABC", min_size=1, max_size=8), year=st.integers(1950, 2099), serial=st.integers(1, 99999),
       brackets=st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "［］", "〔)", "﹝﹞"]), gap=st.sampled_from(["", " ", "　", "\u00a0"]), zeros=st.integers(0, 3))
def test_number_survives_any_typing_and_is_stable(code, year, serial, brackets, gap, zeros):
    proper = f"{code}〔{year}〕{serial}号"
    typed = gap.join([code, brackets[0], str(year), brackets[1], "0" * zeros + str(serial), "号"])
    assert normal_number(typed) == proper
    assert normal_number(proper) == proper


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)))
def test_dates_in_figures_and_numerals_agree(day):
    figures = "〇一二三四五六七八九"
    def small(value: int) -> str:
        tens, ones = divmod(value, 10)
        return ("" if tens == 0 else "十" if tens == 1 else figures[tens] + "十") + (figures[ones] if ones else "")
    numerals = "".join(figures[int(char)] for char in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"
    for written in (numerals, f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}.{day.month}.{day.day}"):
        found = find_date(squeeze(written))
        assert found and found[0] == day


@given(st.text(max_size=300), st.text(max_size=30))
def test_reading_never_fails_on_any_text(text, name):
    reading = read_fields(text, name, RULES)
    assert reading.urgency.value in ("平件", "加急", "特急")
    assert reading.secrecy.value in ("", "秘密", "机密", "绝密")
