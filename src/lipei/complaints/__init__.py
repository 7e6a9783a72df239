"""Complaints: each with its own file, number, owner and legal clock."""
