"""Life cycle: first passwords, locks, last days, roles taken away, and where a login opens no door."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.entering import enters, enters_locked
from tests.attack.stories import by_a_new_policy, cut_off, loses_role, out_of_date, same_moment, stays_up_late

GUESSER = "110005"
ATTACKS = (
    Attack("a first password replaced by hand", "120077", ("ALTER ROLE \"<my.login>\" PASSWORD 'x'", "SELECT id FROM document"),
        EMPTY, ("rows document",)),
    Attack("act while only the first password is set", "120077", "SELECT oa.index_document(<draft>, 'x', 'x', '{}')",
        behind=("rule actor", "rule index_document")),
    Attack("log in to a disabled account with its right password", "120066", enters(), ("28P01",), ("role end",)),
    Attack("go on in a session of a disabled account", "120004", cut_off, ("57P01",), ("test login_cut",)),
    Attack("read on without the role", "120002", loses_role, EMPTY, ("trigger role_grant.acl",)),
    Attack("read on after the last day", GUESSER, out_of_date("closes_on", "oa.today() - 1"), EMPTY, ("rows document",)),
    Attack("read on with a password too old", GUESSER, out_of_date("password_at", "now() - interval '400 days'"), EMPTY,
        ("rows document",)),
    Attack("read on with a password too old by a new policy", GUESSER, by_a_new_policy, EMPTY, ("sync policy_set",)),
    Attack("read on in a transaction from before the last day", GUESSER, stays_up_late, EMPTY, ("clock mine",)),
    Attack("change what another transaction made in the same microsecond", "120003", same_moment, behind=("test made_now",)),
    Attack("log in while locked", GUESSER, enters_locked(), ("28000",), ("login trigger",), since=17),
    Attack("log in while locked, read only", GUESSER, enters_locked(options="-c default_transaction_read_only=on"), ("28000",),
        ("test at_login",), since=17),
    Attack("log in while locked, on a snapshot", GUESSER, enters_locked(options="-c default_transaction_isolation=serializable"),
        ("28000",), ("login trigger",), since=17),
    Attack("log in while locked, without waiting", GUESSER, enters_locked(options="-c lock_timeout=1"), ("28000",),
        ("login trigger",), since=17),
    Attack("log in to postgres", "120003", enters(dbname="postgres"), behind=("other databases",)),
    Attack("log in to template1", "120003", enters(dbname="template1"), behind=("other databases",)),
)
