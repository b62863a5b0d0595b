"""Proving that a server still enforces access as the product's files say (权限核对): roles, grants, functions, triggers, policies, settings.

What is expected comes from `database/postgres/`, the models and the rules of this program, never from the database that is looked at.
"""

from .whole import differences, found

__all__ = ["differences", "found"]
