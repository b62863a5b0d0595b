"""The rules: flow, numbering, calendar, permissions, retention, layout checks. Standard library only."""
