"""Acting: opinions and signatures forged, left out, or added later."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.deeds import close, opened, press, say, signature

_BACK = (press("review", "return"), close("review"), opened("review", "draft", "person:<p.120003>"))
_NUMBERED = ("SELECT oa.give_number(<number>, '云公通', 1)", opened("number", "distribute", "clerk:<u.root>"))
_VERIFY = "reviewer:<u.root>"


def _signs(paper: str, *writes: str) -> tuple[str, ...]:
    return (press(paper, "sign"), say(paper), close(paper), *writes, opened(paper, "verify", _VERIFY))


ATTACKS = (
    Attack("an opinion in the chief's name", "110003", (*_BACK, say("review").replace("<me>", "<p.100101>")),
        behind=("rule opinion_insert", "check opinion.made")),
    Attack("an opinion on another's act", "110003", say("distribute", task="done")),
    Attack("an opinion on a hidden paper", "120003", say("hidden", task="done"), EMPTY, ("rows task", "rule opinion_insert")),
    Attack("an opinion afterwards", "110001", say("distribute", task="done")),
    Attack("a second opinion on one act", "110003", (*_BACK, say("review"), say("review", "再议。")), ("23505",), ("one opinion",)),
    Attack("an empty opinion", "110003", (*_BACK, say("review", "  "))),
    Attack("an endless opinion", "110003", (*_BACK, say("review").replace("'同意。'", "repeat('长', 6000)"))),
    Attack("an opinion that turns round", "110003", (*_BACK, say("review").replace("'同意。'", "U&'\\202e。意同'"))),
    Attack("an opinion of another step", "110003",
        (*_BACK, say("review").replace("id, <me>, step, action", "id, <me>, 'sign', 'sign'"))),
    Attack("an opinion of years ago", "110003",
        (*_BACK, say("review").replace("now()", "'2020-01-01'"),
            "SELECT id FROM opinion WHERE document_id = <review> AND at < now() - interval '1 year'"),
        EMPTY),
    Attack("return without a reason", "110003", _BACK),
    Attack("an opinion where none is asked for", "110001",
        (press("number", "number"), say("number"), close("number"), *_NUMBERED), behind=("rule opinion_insert", "rule judge_task")),
    Attack("… once the act has been judged", "110001",
        (press("number", "number"), close("number"), *_NUMBERED, "SET CONSTRAINTS ALL IMMEDIATE", say("number"))),
    Attack("rewrite one's opinion", "110003", "UPDATE opinion SET text = '改' WHERE id = <sign.opinion>",
        behind=("columns opinion", "rows opinion")),
    Attack("delete one's opinion", "110003", "DELETE FROM opinion WHERE id = <sign.opinion>",
        behind=("columns opinion", "rows opinion")),
    Attack("a signature that leaves no mark", "100101", _signs("sign")),
    Attack("a second signature under the first one's name", "100102", _signs("resigned")),
    Attack("a signature in the deputy's name", "100101",
        (*_signs("sign", signature("sign").replace("'signer', 'x'", "'signer', '陆知远'")),
            "SELECT id FROM document WHERE id = <sign> AND details->>'signer' = '陆知远'"),
        EMPTY, ("trigger document.guard_update", "rule judge_task")),
    Attack("a signature of years ago", "100101",
        (*_signs("sign",
            "UPDATE document SET doc_date = '2020-01-01', details = (details::jsonb || jsonb_build_object('signer', '江承岳', "
            "'signed_version', version))::json WHERE id = <sign>"),
            "SELECT id FROM document WHERE id = <sign> AND doc_date < oa.today()"),
        EMPTY),
    Attack("a signature of a version that was not seen", "100101",
        (*_signs("sign", signature("sign").replace("'signed_version', version", "'signed_version', 99")),
            "SELECT id FROM document WHERE id = <sign> AND details->>'signed_version' = '99'"),
        EMPTY, ("trigger document.guard_update", "rule judge_task")),
    Attack("words changed after the signature, and no word of it", "110003",
        (press("reworded", "pass"), close("reworded"), opened("reworded", "number", "clerk:<u.root>"))),
)
