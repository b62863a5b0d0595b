"""Finding people by what an officer types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from oa_client.domain.names import PersonKeys, Rank, match_person, nearness, pack_readings, unpack_readings


def keys(name, unit="刑侦支队", post="民警", number="060123"):
    readings = pinyin(name, style=Style.NORMAL, heteronym=True)
    return PersonKeys(name, unpack_readings(pack_readings(readings)), unit, post, number)


@pytest.mark.parametrize(("query", "name", "rank"), [
    ("张三丰", "张三丰", Rank.EXACT), (" 张 三丰 ", "张三丰", Rank.EXACT), ("060123", "张三丰", Rank.EXACT),
    ("张三", "张三丰", Rank.NAME_PREFIX), ("张", "张三丰", Rank.NAME_PREFIX),
    ("zsf", "张三丰", Rank.INITIALS), ("ZS", "张三丰", Rank.INITIALS), ("ｚｓ", "张三丰", Rank.INITIALS), ("z", "张三丰", Rank.INITIALS),
    ("zhang", "张三丰", Rank.PINYIN), ("zhangsanfeng", "张三丰", Rank.PINYIN), ("zhang san", "张三丰", Rank.PINYIN),
    ("zhangsf", "张三丰", Rank.PINYIN), ("zhangsanf", "张三丰", Rank.PINYIN), ("zsan", "张三丰", Rank.PINYIN),
    ("三丰", "张三丰", Rank.CONTAINS), ("sanfeng", "张三丰", Rank.CONTAINS), ("sf", "张三丰", Rank.CONTAINS),
    ("0601", "张三丰", Rank.CONTAINS), ("民警", "张三丰", Rank.CONTAINS),
    ("刑侦", "张三丰", Rank.UNIT), ("支队", "张三丰", Rank.UNIT),
    ("刑侦 张", "张三丰", Rank.NAME_PREFIX), ("zs 刑侦", "张三丰", Rank.INITIALS),
    ("单", "单雨", Rank.NAME_PREFIX), ("sy", "单雨", Rank.INITIALS), ("dy", "单雨", Rank.INITIALS), ("shanyu", "单雨", Rank.PINYIN),
    ("danyu", "单雨", Rank.PINYIN), ("zengrx", "曾若溪", Rank.PINYIN), ("crx", "曾若溪", Rank.INITIALS),
    ("lv", "吕青", Rank.PINYIN), ("lyuqing", "吕青", Rank.PINYIN), ("lq", "吕青", Rank.INITIALS),
    ("ouyang", "欧阳澜", Rank.PINYIN), ("oyl", "欧阳澜", Rank.INITIALS),
    ("阿依古丽买买提", "阿依古丽·买买提", Rank.EXACT), ("阿依古丽•买", "阿依古丽·买买提", Rank.NAME_PREFIX),
    ("aygl", "阿依古丽·买买提", Rank.INITIALS), ("aiyigulimaimai", "阿依古丽·买买提", None), ("ayigulimaimai", "阿依古丽·买买提", Rank.PINYIN),
    ("李", "张三丰", None), ("zl", "张三丰", None), ("zhangw", "张三丰", None), ("zsfx", "张三丰", None),
    ("", "张三丰", None), ("   ", "张三丰", None),
    ("交警 张", "张三丰", None), ("999", "张三丰", None),
])
def test_rank(query, name, rank):
    assert match_person(query, keys(name)) == rank


def test_ranks_are_in_the_order_of_the_list():
    people = {"exact": keys("张三"), "prefix": keys("张三丰"), "contains": keys("小张三"), "unit": keys("李四", unit="张三路派出所")}
    ranks = {who: match_person("张三", person) for who, person in people.items()}
    assert sorted(ranks, key=ranks.get) == ["exact", "prefix", "contains", "unit"]


def test_an_umlaut_may_be_given_as_such():
    assert match_person("lvq", PersonKeys("吕青", (("lü",), ("qīng", "qing")))) == Rank.PINYIN


def test_a_person_without_readings_is_found_by_name_only():
    assert match_person("张", PersonKeys("张三")) == Rank.NAME_PREFIX
    assert match_person("zs", PersonKeys("张三")) is None


SYLLABLES = st.lists(st.text(st.sampled_from("abcdefgz"), min_size=1, max_size=5), min_size=1, max_size=3)


@given(st.lists(SYLLABLES, min_size=1, max_size=6), st.data())
def test_any_reading_finds_the_person(readings, data):
    person = PersonKeys("某" * len(readings), tuple(map(tuple, readings)))
    chosen = [data.draw(st.sampled_from(item)) for item in readings]
    full = "".join(chosen)
    assert match_person(full[:data.draw(st.integers(1, len(full)))], person) <= Rank.PINYIN
    assert match_person("".join(sound[0] for sound in chosen), person) == Rank.INITIALS


@given(st.lists(SYLLABLES, min_size=1, max_size=6))
def test_packed_readings_come_back(readings):
    assert unpack_readings(pack_readings(readings)) == tuple(map(tuple, readings))


@pytest.mark.parametrize(("query", "first", "second"), [("x", "徐湛", "于湛"), ("xz", "徐湛", "于湛"), ("dy", "单雨", "尤平"), ("zheng", "郑静", "丁静")])
def test_a_rarer_reading_answers_after_a_usual_one_of_the_same_rank(query, first, second):
    near, far = nearness(query, keys(first)), nearness(query, keys(second))
    assert near is not None and (far is None or near < far <= near + 0.5)


@pytest.mark.parametrize("query", ["张三丰", "zsf", "zhang", "刑侦", "060123", "李"])
def test_nearness_is_the_rank_where_the_usual_readings_answer(query):
    assert nearness(query, keys("张三丰")) == match_person(query, keys("张三丰"))
