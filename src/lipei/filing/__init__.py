"""How anything is written down: files, entries, row history, the seal, and the one way to write (`@command`)."""
