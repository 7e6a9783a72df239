"""The communication pages of the staff door."""
