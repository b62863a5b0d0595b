"""Administration: accounts outside one's scope, roles that are not one's to give, second persons done without."""

from tests.attack.attack import EMPTY, REFUSED, Attack

ADMIN, SYSTEM, OFFICER = "120009", "100901", "120003"
HELPERS = (
    ("make a login", "SELECT oa.login_make('999999', '<verifier>')"),
    ("set the chief's password", "SELECT oa.login_password('100101', '<verifier>')"),
    ("lock the chief out", "SELECT oa.login_until('100101', '2000-01-01')"),
    ("give oneself a longer life", "SELECT oa.login_until('120003', NULL)"),
    ("give oneself what one is not", "SELECT oa.acl_sync(<me>)"),
    ("add oneself as a reader", "SELECT oa.add_reader(<hidden>, 'person:<me>')"),
    ("hold the chief's account", "SELECT oa.hold_account(<p.100101>)"),
    ("judge for oneself", "SELECT oa.may_grant(ARRAY['chief:<u.root>'], <u.root>)"),
)


def _create(login: str = "'120500'", unit: str = "<u.criminal>", roles: str = "'{}'", verifier: str = "'<verifier>'", closes: str = "NULL",
            name: str = "'某某'") -> str:
    return f"SELECT oa.account_create({login}, {name}, {unit}, '', '', {roles}, {closes}, {verifier})"


def _edit(who: str, roles: str = "{}", closes: str = "NULL") -> str:
    return f"SELECT oa.account_edit(<p.{who}>, '某某', '', '', '{roles}', {closes}, <v.{who}>)"


def _reset(who: str, later: int = 0) -> str:
    return f"SELECT oa.account_reset(<p.{who}>, '<verifier>', <v.{who}> + {later})"


def _unit(number: str = "0", parent: str = "<u.root>", name: str = "自设处", kind: str = "division", codes: str = "") -> str:
    return f"SELECT oa.unit_save({number}, {parent}, 'mine', 'ZSC', '{name}', '{name}', '{kind}', '{codes}', 9, '{{}}')"


def _bureau(fonds: str, above: str) -> str:
    return f"SELECT oa.bureau_save({fonds}, '{{{above}}}', '{{{above}}}')"


def _active(who: str, yes: str = "false", seen: str = "") -> str:
    return f"SELECT oa.account_active(<p.{who}>, {yes}, {seen or f'<v.{who}>'})"


def _move(who: str, unit: str = "traffic") -> str:
    return f"SELECT oa.account_move(<p.{who}>, <u.{unit}>, <v.{who}>)"


_SCOPE = (
    ("reset a password in another unit", ADMIN, _reset("130003")),
    ("disable an account of another unit", ADMIN, _active("130003")),
    ("move an account of another unit to one's own", ADMIN, _move("130003", "criminal")),
    ("change an account of another unit", ADMIN, _edit("130003")),
    ("reset another administrator", ADMIN, _reset("110009")),
    ("disable a system administrator", ADMIN, _active("100901")),
    ("disable the audit administrator", SYSTEM, _active("100904")),
    ("reset the security administrator", SYSTEM, _reset("100903")),
    ("reset the other system administrator", SYSTEM, _reset("100902")),
    ("reset an officer, as a system administrator", SYSTEM, _reset("120003")),
    ("move an officer, as a system administrator", SYSTEM, _move("120003")),
    ("change an officer, as a system administrator", SYSTEM, _edit("120003")),
    ("disable an officer, as the security administrator", "100903", _active("120003")),
    ("reset oneself", ADMIN, _reset("120009")),
    ("enable oneself", ADMIN, _active("120009", "true")),
    ("move oneself", ADMIN, _move("120009")),
    ("reset a colleague, as an officer", OFFICER, _reset("120002")),
    ("create an account in another unit", ADMIN, _create(unit="<u.traffic>")),
    ("create an account, as an officer", OFFICER, _create()),
    ("create an account, as the audit administrator", "100904", _create()),
    ("create an account with a role, as a system administrator", SYSTEM, _create(roles="ARRAY['clerk:<u.criminal>']")),
    *((f"create {name}", ADMIN, _create(roles=f"ARRAY['{role}']"))
        for name, role in (("a unit administrator", "unit_admin:<u.criminal>"), ("a system administrator", "sys_admin:<u.root>"),
            ("a chief of the bureau", "chief:<u.root>"), ("a clerk of another unit", "clerk:<u.traffic>"),
            ("a role that there is not", "god:<u.criminal>"))),
    ("give a role of the bureau", ADMIN, _edit("120003", "{reviewer:<u.root>}")),
    ("give a guardian's role", ADMIN, _edit("120003", "{audit_admin:<u.root>}")),
    ("let an account end yesterday", ADMIN, _edit("120003", closes="oa.today() - 1")),
    ("move a unit's administrator away", SYSTEM, _move("120009")),
    ("a leader's password without consent", ADMIN, _reset("120001")),
    ("how much lies with another unit's officer", ADMIN, "SELECT oa.open_items(<p.130003>)"),
    ("what lies with a colleague, as an officer", OFFICER, "SELECT * FROM oa.open_matters(<p.120002>)"),
    ("what lies with another unit's officer", ADMIN, "SELECT oa.hand_over(<p.130003>, <p.130002>)"),
    ("hand nobody's matters over", ADMIN, "SELECT oa.hand_over(99999999, <p.120003>)"),
    ("the chief's password without consent, as the office's administrator", "110009", _reset("100101")),
    ("hand a colleague's matters over to oneself", ADMIN, "SELECT oa.hand_over(<p.120003>, <me>)"),
    ("hand over to a guardian", ADMIN, "SELECT oa.hand_over(<p.120003>, <p.100901>)"),
    ("hand over to a disabled account", ADMIN, "SELECT oa.hand_over(<p.120003>, <p.120066>)"),
    ("hand over a colleague's matters, as an officer", OFFICER, "SELECT oa.hand_over(<p.120002>, <p.120004>)"),
    ("agree to one's own request", ADMIN, "SELECT oa.consent_decide(<consent.reset>, 'agreed')"),
    ("agree to one's own appointment of another", SYSTEM, "SELECT oa.consent_decide(<consent.appoint>, 'agreed')"),
    ("agree, as an officer", OFFICER, "SELECT oa.consent_decide(<consent.reset>, 'agreed')"),
    ("agree to an appointment, as the security administrator", "100903", "SELECT oa.consent_decide(<consent.appoint>, 'agreed')"),
    ("agree to one's own appointment", "130003", "SELECT oa.consent_decide(<consent.appoint>, 'agreed')"),
    ("take another's request back", "100902", "SELECT oa.consent_decide(<consent.appoint>, 'taken_back')"),
    ("ask for a reset, as an officer", OFFICER, "SELECT oa.consent_ask('reset', <p.120001>, <u.criminal>, '')"),
    ("ask for another unit's chief", ADMIN, "SELECT oa.consent_ask('reset', <p.130001>, <u.traffic>, '')"),
    ("ask twice", ADMIN, "SELECT oa.consent_ask('reset', <p.120001>, <u.criminal>, '')"),
    ("ask to appoint, as a unit administrator", ADMIN, "SELECT oa.consent_ask('appoint', <p.120003>, <u.criminal>, '')"),
    ("ask to appoint somebody of another unit", SYSTEM, "SELECT oa.consent_ask('appoint', <p.120003>, <u.traffic>, '')"),
    ("ask for a guardian", SYSTEM, "SELECT oa.consent_ask('appoint', <p.100902>, <u.root>, '')"),
    ("a leader's password, having taken the role away", ADMIN, (_edit("120001"), _reset("120001", 1))),
    ("a leader's password, having moved the leader to where he is", ADMIN, (_move("120001", "criminal"), _reset("120001", 1))),
    ("set the policy, as a system administrator", SYSTEM, "SELECT oa.policy_set('{\"lock_after\": 9}')"),
    ("set the policy, as an officer", OFFICER, "SELECT oa.policy_set('{\"min_length\": 8}')"),
    *((f"a policy of {name}", "100903", f"SELECT oa.policy_set('{policy}')")
        for name, policy in (("three characters", '{"min_length": 3}'), ("a thousand guesses", '{"lock_after": 1000}'),
            ("no minutes", '{"lock_minutes": -1}'), ("a lock that locks nothing", '{"lock_minutes": 0}'),
            ("passwords that nobody can type", '{"min_length": 64000}'), ("half minutes", '{"lock_minutes": 0.5}'),
            ("words", '{"history": "none"}'), ("one's own", '{"backdoor": 1}'))),
    ("a unit, as a unit administrator", ADMIN, _unit()),
    ("number codes, as an officer", OFFICER, _unit("<u.criminal>", codes="云公刑")),
    ("a second bureau", SYSTEM, _unit(parent="NULL")),
    ("a unit below another unit", SYSTEM, _unit(parent="<u.office>")),
    ("a second office, whose administrator keeps the leaders' accounts", SYSTEM, _unit("<u.criminal>", kind="office")),
    ("the office made a division", SYSTEM, _unit("<u.office>")),
    ("a unit of a kind that there is not", SYSTEM, _unit(kind="bureau")),
    ("the bureau's number codes for a unit", SYSTEM, _unit("<u.criminal>", codes="云公刑 云公发")),
    ("the name of another unit", SYSTEM, _unit(name="交警支队")),
    ("what ranks above the bureau, as a unit administrator", ADMIN, _bureau("'Z109'", "江北省公安厅")),
    ("what ranks above the bureau, as the security administrator", "100903", _bureau("'Z109'", "江北省公安厅")),
    ("a number in the archive that is none", SYSTEM, _bureau("'公安'", "江北省公安厅")),
    ("no number in the archive", SYSTEM, _bureau("NULL", "江北省公安厅")),
)
_BEHIND = {
    "move oneself": ("rule account_open", "rule account_move"),
    "ask for a guardian": ("rule consent_ask",),
    "let an account end yesterday": ("rule account_edit",),
    "a policy of half minutes": ("rule policy_set",),
    "a policy of words": ("rule policy_set",),
}
ATTACKS = (
    *(Attack(name, by, sql, behind=_BEHIND.get(name, ())) for name, by, sql in _SCOPE),
    *(Attack(f"{name}, by an inner function", OFFICER, sql) for name, sql in HELPERS),
    Attack("promote oneself", ADMIN, _edit("120009", "{chief:<u.criminal>}")),
    Attack("promote oneself to a guardian", ADMIN, _edit("120009", "{audit_admin:<u.root>}"),
        behind=("rule account_open", "rule account_edit", "rule grants_apart")),
    Attack("change an account that was changed meanwhile", ADMIN, _active("120003", seen="999"), ("40001",)),
    Attack("a leader's to-dos handed over to one who leads nothing", "100101",
        ("SELECT oa.hand_over(<me>, <p.110005>)", "SELECT id FROM task WHERE id = <sign.task> AND holder = 'person:<p.110005>'"),
        EMPTY),
    Attack("a name for a login that is SQL", ADMIN, _create("'12\" SUPERUSER --'"), ("22023",),
        ("rule account_create", "rule login_make")),
    Attack("an account by the name of the server's administrator", ADMIN, _create("'postgres'"), ("22023",),
        ("rule account_create", "rule login_make")),
    Attack("take over a login that there is, by a new account", ADMIN, _create("'130003'"), ("23505",),
        ("one login", "fresh login_make")),
    Attack("a verifier that is SQL", ADMIN, _create(verifier="'x'' SUPERUSER --'"), ("22023",)),
    Attack("a password as a verifier", OFFICER, "SELECT oa.change_my_password('hunter2', '{}')", ("22023",)),
    Attack("an account whose name turns round", ADMIN, _create(name="U&'\\202e岳承江'"), ("22023",)),
    Attack("an account without a name", ADMIN, _create(name="' '"), (*REFUSED, "22023")),
)
