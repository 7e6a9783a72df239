"""What follows from what: one table of followers, one of deadlines."""
