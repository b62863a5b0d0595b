"""Which page stands behind each place of the navigation; its module is loaded when it is first opened."""

from PySide6.QtWidgets import QWidget

from oa_client.ui.office import Office


def page(office: Office, key: str) -> QWidget:
    """Make the page of a place (a key of navigation.PLACES)."""
    if key == "library":
        from oa_client.ui.pages.library_page import LibraryPage

        return LibraryPage(office)
    if key == "accounts":
        from oa_client.ui.pages.accounts_page import AccountsPage

        return AccountsPage(office)
    if key == "audit":
        from oa_client.ui.audit.page import AuditPage

        return AuditPage(office)
    if key == "consents":
        from oa_client.ui.pages.consents_page import ConsentsPage

        return ConsentsPage(office)
    if key == "reconcile":
        from oa_client.ui.pages.reconcile_page import ReconcilePage

        return ReconcilePage(office)
    if key == "policy":
        from oa_client.ui.pages.policy_page import PolicyPage

        return PolicyPage(office)
    if key == "settings":
        from oa_client.ui.pages.settings_page import SettingsPage

        return SettingsPage(office)
    from oa_client.ui.pages.box_page import BoxPage

    return BoxPage(office, key)
