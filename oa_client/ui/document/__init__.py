"""The document window: where officers read and act."""
