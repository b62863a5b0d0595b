"""The auditor's page over a bureau with a past, which is made once and copied for each test."""

import pytest

from oa_client.ui.audit.page import AuditPage
from tests.ui.audit_past import AUDITOR, copy_of, past_in
from tests.ui.pages_room import room_of


@pytest.fixture(scope="session")
def past(tmp_path_factory):
    return past_in(tmp_path_factory.mktemp("past"))


@pytest.fixture
def small(past, tmp_path):
    made = copy_of(past, tmp_path)
    yield made
    made.close()


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


@pytest.fixture
def page(room):
    return room.show(AUDITOR, AuditPage)
