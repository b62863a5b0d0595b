"""The attack suite: officers with raw SQL against a PostgreSQL that keeps the rules by itself."""
