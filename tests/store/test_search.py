"""Search finds every text that contains the words, and no other: recall and precision are 1 on both databases."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from oa_client.store import search, unit
from oa_client.store.grams import cover, grams, joined, norm, number_of
from oa_client.store.guard import guarded

TEXT = st.text(alphabet="政务公开信息〔2026〕号 \n“”ab’.-^=\"'*%_\\𠮷", max_size=14)


@given(TEXT, st.integers(0, 12), st.integers(1, 4))
def test_every_part_of_a_text_is_covered_by_its_grams(text, start, length):
    part = norm(text)[start:start + length]
    if part:
        assert set(cover(part)) <= grams(joined([text]))


@given(TEXT)
def test_folding_twice_is_folding_once(text):
    assert norm(norm(text)) == norm(text)


def test_a_phrase_that_wraps_is_one_phrase():
    assert "政务公开" in norm("政务\n  公开")
    assert norm("云公〔2026〕1号") == norm("云公[２０２６]１号") == norm("云公（2026）1号")


def test_grams_fit_the_integers_of_the_index():
    assert all(-(2 ** 31) <= number_of(gram) < 2 ** 31 for gram in ("公", "公安", "𠮷𠮷", "\uffff\uffff"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(TEXT, min_size=1, max_size=6), query=TEXT)
def test_hits_equal_a_plain_look_at_every_text(bureau, texts, query):
    papers = _papers(bureau, len(texts))
    with unit.unit(bureau.engine) as session:
        for paper, text in zip(papers, texts, strict=False):
            index(session, paper, text)
    wanted = [norm(word) for word in query.split() if norm(word)]
    if not wanted:
        return
    expected = {paper for paper, text in zip(papers, texts, strict=False)
                if all(word in norm(text[:3]) or word in norm(text[3:]) for word in wanted)}
    with unit.look(bureau.engine_of("110001")) as session:
        hits = search.found(session, query)
        found = set(session.scalars(select(hits.c.document_id).where(hits.c.document_id.in_(papers[:len(texts)]))))
    assert found == expected


def index(session, paper, words):
    """As the product does; on a server as its administrator, who is not bound to the papers in hand."""
    if not guarded(session):
        search.index(session, paper, [words[:3]], [words[3:]])
        return
    whole = joined([words[:3], words[3:]])
    session.execute(text("UPDATE search_text SET head = :head, text = :whole WHERE document_id = :id"), {"id": paper, "head": joined([words[:3]]), "whole": whole})
    session.execute(text("UPDATE doc_gram SET g = CAST(:g AS int4[]) WHERE document_id = :id"), {"id": paper, "g": sorted({number_of(gram) for gram in grams(whole)})})


def _papers(bureau, count):
    made = bureau.__dict__.setdefault("search_papers", [])
    while len(made) < count:
        made.append(bureau.register(number="", title=f"第{len(made)}件"))
    return made
