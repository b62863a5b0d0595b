"""Acting: sharing and delegation in others' names, beyond their limits, or ended by the wrong people."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.stories import stands_in_no_more


def _share(paper: str = "lent", to: str = "person:<p.120002>", until: str = "oa.today() + 3", why: str = "工作需要",
           by: str = "<me>") -> str:
    return ("INSERT INTO share (document_id, principal, given_by, given_at, ends_on, reason) "
            f"VALUES (<{paper}>, '{to}', {by}, now(), {until}, '{why}')")


def _delegate(to: str, since: str = "oa.today()", until: str = "oa.today() + 3", by: str = "<me>") -> str:
    return ("INSERT INTO delegation (from_id, to_id, starts_on, ends_on, reason, made_at) "
            f"VALUES ({by}, <p.{to}>, {since}, {until}, '', now())")


ATTACKS = (
    Attack("share what is not finished", "110001", _share("check")),
    Attack("share a hidden paper", "120003", _share("hidden")),
    Attack("share what one has only borrowed", "130003", _share()),
    Attack("share in another's name", "110004", (_share(by="<p.100101>"), "SELECT id FROM share WHERE given_by = <p.100101>"),
        EMPTY, ("trigger share.guard_insert", "check share.made")),
    Attack("share for ever", "110004", _share(until="oa.today() + 400")),
    Attack("share for the past", "110004", _share(until="oa.today() - 1")),
    Attack("share without a reason", "110004", _share(why=" ")),
    Attack("share since long ago", "110004",
        (_share().replace("now()", "'2020-01-01'"), "SELECT id FROM share WHERE given_at < now() - interval '1 year'"), EMPTY),
    *(Attack(f"share with {name}", "110004", _share(to=to))
        for name, to in (("a guardian", "person:<p.100901>"), ("a disabled account", "person:<p.120066>"),
            ("a pool", "clerk:<u.traffic>"), ("nobody", "unit:99999"), ("somebody written otherwise", "person:0<p.120002>"))),
    Attack("end a share as an onlooker", "110001", "UPDATE share SET ended_at = now() WHERE id = <lent.share>"),
    Attack("end a share as its guest", "130003", "UPDATE share SET ended_at = now() WHERE id = <lent.share>", EMPTY,
        ("rows share", "rule share_update")),
    Attack("revive a share", "110004", "UPDATE share SET ended_at = NULL WHERE id = <lent.share2>"),
    Attack("prolong a share", "130003", "UPDATE share SET ends_on = ends_on + 99 WHERE id = <lent.share>",
        behind=("columns share", "rows share", "rule share_update")),
    Attack("delete a share", "110004", "DELETE FROM share WHERE id = <lent.share>", behind=("columns share", "rows share")),
    Attack("lend to oneself by hand", "120002", _share(), behind=("rule share_insert",)),
    Attack("delegate in the chief's name", "100102", _delegate("100102", by="<p.100101>"),
        behind=("rule delegation_insert", "check delegation.made")),
    *(Attack(f"delegate {name}", by, _delegate(to, **more))
        for name, by, to, more in (("outside the unit", "120003", "130003", {}),
            ("as chief to one who leads nothing", "100101", "110005", {}), ("to a guardian", "100101", "100901", {}),
            ("as a guardian", "100901", "100902", {}), ("to a disabled account", "120003", "120066", {}),
            ("for too long", "120003", "120002", {"until": "oa.today() + 99"}),
            ("from the past on", "120003", "120002", {"since": "oa.today() - 9"}))),
    Attack("stand in for the chief without leading any more", "100102", stands_in_no_more, EMPTY, ("test stands_in",)),
    Attack("delegate twice at once", "120003", (_delegate("120002"), _delegate("120004"))),
    Attack("a delegation since long ago", "120003",
        (_delegate("120002").replace("now()", "'2020-01-01'"),
            "SELECT id FROM delegation WHERE made_at < now() - interval '1 year'"),
        EMPTY),
    Attack("end another's delegation", "110001", "UPDATE delegation SET ended_at = now() WHERE id = <delegation.110002>", EMPTY,
        ("rows delegation", "rule delegation_update")),
    Attack("prolong what was delegated to one", "110001",
        "UPDATE delegation SET ends_on = ends_on + 300 WHERE id = <delegation.110002>",
        behind=("columns delegation", "rows delegation", "rule delegation_update")),
    Attack("take a delegation back as if it never was", "110002",
        "UPDATE delegation SET ended_at = NULL WHERE id = <delegation.110002>"),
    Attack("delete a delegation", "110002", "DELETE FROM delegation WHERE id = <delegation.110002>",
        behind=("columns delegation", "rows delegation")),
)
