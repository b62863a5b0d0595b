"""Acting: who is asked next — seats for the wrong people, too many, too few, or twice."""

from tests.attack.attack import Attack
from tests.attack.deeds import close, memo, opened, press, say, seat

CHIEF, DEPUTY, OUTSIDE = "person:<p.100101>", "person:<p.100102>", "person:<p.130001>"


def _signed_by(*seats: str, paper: str = "review", kept: str = CHIEF) -> tuple[str, ...]:
    return (press(paper, "to_sign"), say(paper), close(paper), memo(paper, "signer", kept), opened(paper, "sign", *seats))


def _handled_by(*seats: str, kept: str = "clerk:<u.criminal>") -> tuple[str, ...]:
    chosen = memo("propose", "lead", kept)
    return (press("propose", "to_handle"), say("propose"), close("propose"), chosen, opened("propose", "handle", *seats))


def _read_by(*seats: str) -> tuple[str, ...]:
    return (press("check", "to_read"), close("check"), opened("check", "circulate", *(f"reader={who}" for who in seats)))


def _transferred(*seats: str, paper: str = "handle_one") -> tuple[str, ...]:
    return (press(paper, "transfer"), *(seat(paper, "handle", who, f"<{paper}.group>") for who in seats))


ATTACKS = (
    Attack("to the reviewers of another unit", "120003",
        (press("draft", "submit"), close("draft"), opened("draft", "review", "reviewer:<u.criminal>"))),
    Attack("to oneself instead of the reviewers", "120003",
        (press("draft", "submit"), close("draft"), opened("draft", "review", "person:<me>"))),
    Attack("a signer of one's own: oneself", "110003", _signed_by("person:<me>")),
    Attack("a signer of another unit", "110003", _signed_by(OUTSIDE)),
    Attack("a signer who is remembered, but no leader", "110003", _signed_by(CHIEF, kept="person:<me>")),
    Attack("two signers", "110003", _signed_by(CHIEF, DEPUTY)),
    Attack("no signer remembered for after 会签", "110003",
        (press("review", "to_countersign"), say("review"), close("review"), opened("review", "countersign", OUTSIDE))),
    Attack("two signers remembered", "110003",
        (press("review", "to_countersign"), say("review"), close("review"), memo("review", "signer", CHIEF, DEPUTY),
            opened("review", "countersign", OUTSIDE)),
        behind=("rule document_update",)),
    Attack("an upward paper to a deputy", "110003", _signed_by(DEPUTY, paper="asking")),
    Attack("an upward paper handed on to a deputy", "100101",
        (press("sign_asking", "to_leader"), say("sign_asking"), close("sign_asking"), opened("sign_asking", "sign", DEPUTY))),
    Attack("hand the signature on to oneself", "100101",
        (press("sign", "to_leader"), say("sign"), close("sign"), opened("sign", "sign", CHIEF))),
    Attack("after 会签 to another signer", "120001",
        (press("alone", "agree"), say("alone"), close("alone"), opened("alone", "sign", DEPUTY))),
    Attack("after 复核 to a leader who did not sign", "110003",
        (press("verify", "resign"), say("verify"), close("verify"), opened("verify", "sign", DEPUTY))),
    Attack("returned to another drafter", "110003",
        (press("review", "return"), say("review"), close("review"), opened("review", "draft", "person:<p.110002>"))),
    Attack("handling without a lead", "110003", _handled_by("assist=clerk:<u.criminal>")),
    Attack("handling with two leads", "110003", _handled_by("lead=clerk:<u.criminal>", "lead=clerk:<u.traffic>")),
    Attack("lead and assistant in one", "110003", _handled_by("lead=clerk:<u.criminal>", "assist=clerk:<u.criminal>")),
    Attack("eleven assistants", "110003",
        _handled_by("lead=clerk:<u.criminal>",
            *(f"assist=person:<p.{who}>"
                for who in ("110001", "110002", "110004", "110005", "120001", "120002", "120003", "120004", "130001", "130002",
                    "130003")))),
    Attack("a guardian as a reader", "110001", _read_by("person:<p.100901>")),
    Attack("a disabled account as a reader", "110001", _read_by("person:<p.120066>")),
    Attack("nobody as a reader", "110001", _read_by("person:99999999")),
    Attack("a pool that is not offered", "110001", _read_by("sys_admin:<u.root>")),
    Attack("a pool with nobody in it", "110001", _read_by("clerk:99999")),
    Attack("a reader written otherwise", "110001", _read_by("person:0<p.120003>")),
    Attack("a reader twice", "110001", _read_by(CHIEF, CHIEF)),
    Attack("handed on outside the unit", "120003", _transferred("lead=person:<p.130003>")),
    Attack("handed on to oneself", "120003", _transferred("lead=person:<me>")),
    Attack("handed on to two", "120003", _transferred("lead=person:<p.120002>", "lead=person:<p.120001>"),
        behind=("rule task_insert", "rule judge")),
    Attack("handed on to nobody", "120003", _transferred(), behind=("rule judge_task", "rule judge")),
    Attack("handed on as another part", "120003", _transferred("assist=person:<p.120002>"),
        behind=("rule task_insert", "rule judge_task")),
    Attack("handed on to two, by SAVEPOINT and an answer that is not counted", "120002",
        (press("assisted", "answer", "task2"), say("assisted", "已办。", "task2"), press("assisted", "transfer"), "SAVEPOINT one",
            seat("assisted", "handle", "lead=person:<p.120003>", "<assisted.group>"), "RELEASE one",
            seat("assisted", "handle", "lead=person:<p.120001>", "<assisted.group>"))),
    Attack("one more seat in an open step", "110003", seat("countersign", "countersign", "person:<me>", "<countersign.group>"),
        behind=("rule task_insert", "rule judge")),
    Attack("a seat in another paper's step", "110003", seat("review", "draft", "person:<me>", "<foreign.group>"),
        behind=("rule task_insert", "rule judge")),
    Attack("a seat in a hidden paper, to be let in", "120003", seat("hidden", "check", "person:<me>", "<hidden.group>"),
        behind=("rule task_insert", "check task.made", "rule judge")),
    Attack("a seat in a closed step", "120003", seat("review", "draft", "person:<me>", "<review.group2>"),
        behind=("rule task_insert", "rule judge")),
    Attack("a seat in one's own paper, opened by another's act", "110003", opened("sign", "verify", "person:<me>"),
        behind=("rule group_insert", "rule task_insert", "rule judge")),
)
