"""The archive pages of the staff door."""
