"""One story a module: what an officer does, in one transaction each."""
