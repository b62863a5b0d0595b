"""文枢: an office-automation client for a municipal public security bureau."""

__version__ = "0.1.0"
