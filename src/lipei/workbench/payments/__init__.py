"""The payments pages of the staff door."""
