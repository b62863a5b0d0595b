"""Document numbers and archive references: forms, tolerance and round trips."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.errors import Invalid
from oa_client.domain.numbering import ArchiveReference, Number, Numbering
from oa_client.settings import resource

FORMS = Numbering.from_data(json.loads(resource("rules/numbering.json").read_text("utf-8")))


@pytest.mark.parametrize("text", [
    "云公发〔2026〕12号", "云公发[2026]12号", "云公发(2026)12号", "云公发（2026）12号", "云公发【2026】12号", "云公发［2026］12号",
    "云公发〔2026〕第12号", "云公发〔2026〕012号", "云公发 〔2026〕 第 0012 号", "云公发〔２０２６〕１２号", "云公发(2026〕12号\n",
    "云公发　〔2026〕12号",
])
def test_tolerant_reading(text):
    assert FORMS.parse_number(text) == Number("云公发", 2026, 12)


@pytest.mark.parametrize("text", [
    "", "云公发2026-12号", "云公发〔26〕12号", "〔2026〕12号", "云公发〔2026〕号", "云公发〔2026〕0号", "云公发〔2026〕12", "云公发〔1812〕12号",
    "云公发〔2026〕12号附件", "云公发〔2026〕十二号", "公安局（治安）〔2026〕3号",
])
def test_not_a_number(text):
    assert FORMS.parse_number(text) is None


@pytest.mark.parametrize(("text", "strict"), [
    ("云公发〔2026〕12号", True), ("云公发[2026]12号", False), ("云公发〔2026〕第12号", False), ("云公发〔2026〕012号", False),
    (" 云公发〔2026〕12号", False), ("云公发〔２０２６〕12号", False),
])
def test_strict_form(text, strict):
    assert FORMS.is_well_formed(text) is strict


@pytest.mark.parametrize(("code", "year", "seq"), [("", 2026, 1), ("云公发", 26, 1), ("云公发", 2026, 0), ("云公发", 2026, -3),
                                                   ("云（公）发", 2026, 1), ("云 公发", 2026, 1), ("云公发", 20266, 1)])
def test_a_malformed_number_is_refused(code, year, seq):
    with pytest.raises(Invalid) as refused:
        FORMS.format_number(code, year, seq)
    assert "number" in refused.value.fields


CODES = st.text(st.sampled_from("云岚公安办通字发函刑治交警第一二AZaz09-"), min_size=1, max_size=10)
NUMBERS = st.builds(Number, CODES, st.integers(1900, 2099), st.integers(1, 10**6))


@given(NUMBERS)
def test_number_round_trip(number):
    text = FORMS.format_number(number.code, number.year, number.seq)
    assert FORMS.parse_number(text) == number
    assert FORMS.is_well_formed(text)


@given(NUMBERS, st.sampled_from(["[]", "()", "（）", "【】", "［］", "〔〕"]), st.sampled_from(["", "第", " 第 "]), st.integers(0, 4),
       st.sampled_from(["", " ", "　", "\n"]))
def test_every_way_of_typing_reads_the_same(number, brackets, word, zeros, space):
    text = f"{number.code}{space}{brackets[0]}{number.year}{brackets[1]}{word}{'0' * zeros}{number.seq}{space}号"
    assert FORMS.parse_number(text) == number


@pytest.mark.parametrize("text", [
    "Z109-WS·2026-D30-BGS-0001", "z109-ws•2026-d30-bgs-0001", "Z109—WS・2026—D30—BGS—0001", " Z109 - WS.2026 - D30 - BGS - 0001 ",
])
def test_tolerant_archive_reference(text):
    assert FORMS.parse_archive_reference(text) == ArchiveReference("Z109", "WS", 2026, "D30", "BGS", 1)


def test_archive_reference_without_unit():
    reference = ArchiveReference("Z109", "WS", 2026, "Y", "", 27)
    assert FORMS.format_archive_reference(reference) == "Z109-WS·2026-Y-0027"
    assert FORMS.parse_archive_reference("Z109-WS·2026-Y-0027") == reference


@pytest.mark.parametrize("text", ["", "Z109-WS·2026-D20-BGS-0001", "Z109-WS·2026-D30-BGS-0000", "Z109-WS·2026-D30-BGS-001",
                                  "Z1090-WS·2026-D30-BGS-0001", "Z109-WS·26-D30-BGS-0001", "Z109-WS2026-D30-BGS-0001"])
def test_not_an_archive_reference(text):
    assert FORMS.parse_archive_reference(text) is None


@pytest.mark.parametrize("change", [{"fonds": "109"}, {"period": "D20"}, {"unit": "BG"}, {"item": 0}, {"item": 10000},
                                    {"category": "W1"}, {"year": 26}])
def test_a_part_out_of_its_width_is_refused(change):
    parts = {"fonds": "Z109", "category": "WS", "year": 2026, "period": "D30", "unit": "BGS", "item": 1} | change
    with pytest.raises(Invalid) as refused:
        FORMS.format_archive_reference(ArchiveReference(**parts))
    assert "archive_reference" in refused.value.fields


CODE4, CODE3 = (st.text(st.sampled_from("ABXYZ0189"), min_size=n, max_size=n) for n in (4, 3))
REFERENCES = st.builds(ArchiveReference, CODE4, st.sampled_from(["WS", "KJ", "KU"]), st.integers(1949, 2099),
                       st.sampled_from(["Y", "D30", "D10"]), st.one_of(st.just(""), CODE3), st.integers(1, 9999))


@given(REFERENCES)
def test_archive_reference_round_trip(reference):
    text = FORMS.format_archive_reference(reference)
    assert FORMS.parse_archive_reference(text) == reference
    assert FORMS.parse_archive_reference(text.lower().replace("-", "－").replace("·", "•")) == reference


def test_the_item_number_runs_within_its_series():
    first, second = (ArchiveReference("Z109", "WS", 2026, "D30", "BGS", item) for item in (1, 2))
    assert first.series == second.series == ("Z109", "WS", 2026, "D30", "BGS")
