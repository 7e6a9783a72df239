"""Complaints at the staff door, and tasks that belong to no claim."""
