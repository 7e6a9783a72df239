"""The staff door to verification: registration, the facts, and the conclusion on every coverage."""
