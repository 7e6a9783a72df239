"""The file itself: files, entries, claims, parties, facts, milestones, tasks, and the one way to write."""
