"""How many requests wait for an officer, on both databases: others' to be decided, one's own agreed ones to be used."""

from datetime import timedelta

from oa_client.usecases import account_deeds, accounts, consents, lists, reconciling
from oa_client.usecases.rules import access

SYSTEM, OTHER, SECURITY, ADMIN, OFFICER = "100901", "100902", "100903", "120009", "120003"


def waiting(bureau):
    return {login: lists.counts(bureau.desk(login)).get("consents") for login in (SYSTEM, OTHER, SECURITY, ADMIN, OFFICER)}


def test_what_waits_is_counted_for_those_whom_it_concerns(bureau):
    assert waiting(bureau) == {SYSTEM: 0, OTHER: 0, SECURITY: 0, ADMIN: 0, OFFICER: None}
    new, chief = bureau.desk("130003").actor, bureau.desk("120001").actor
    consents.ask(bureau.desk(SYSTEM), "appoint", new.id, new.unit_id, "尚无管理员")
    made = consents.ask(bureau.desk(ADMIN), "reset", chief.id, chief.unit_id, "忘记密码").value
    assert waiting(bureau) == {SYSTEM: 1, OTHER: 2, SECURITY: 1, ADMIN: 0, OFFICER: None}
    assert len(consents.pending(bureau.desk(OTHER))) == 2
    consents.decide(bureau.desk(SECURITY), made, "agreed")
    assert waiting(bureau) == {SYSTEM: 0, OTHER: 1, SECURITY: 0, ADMIN: 1, OFFICER: None}
    account_deeds.reset(bureau.desk(ADMIN), chief.id, accounts.by_login(bureau.desk(ADMIN), "120001").version)
    assert waiting(bureau)[ADMIN] == 0


def test_a_consent_that_is_too_old_waits_no_more(small):
    chief = small.desk("120001").actor
    made = consents.ask(small.desk(ADMIN), "reset", chief.id, chief.unit_id, "忘记密码").value
    consents.decide(small.desk(SECURITY), made, "agreed")
    assert waiting(small)[ADMIN] == 1
    small.at += timedelta(hours=access()["consent_hours"], minutes=1)
    assert waiting(small)[ADMIN] == 0


def test_everybody_who_reconciles_can_read_what_the_page_shows(bureau):
    """The page compares, names units and accounts, and asks what is under way; the auditor has no part in requests."""
    new = bureau.desk("130003").actor
    consents.ask(bureau.desk(SYSTEM), "appoint", new.id, new.unit_id, "尚无管理员")
    seen = {login: (len(reconciling.reconcile(bureau.desk(login)).units), len(accounts.accounts(bureau.desk(login))), len(consents.pending(bureau.desk(login))))
            for login in (SYSTEM, SECURITY, "100904", ADMIN, "110009")}
    assert seen == {SYSTEM: (4, 21, 1), SECURITY: (4, 21, 0), "100904": (4, 21, 0), ADMIN: (1, 21, 0), "110009": (2, 21, 0)}
