"""Policies, the insured, snapshots with their edition in force, and accumulator movements."""
