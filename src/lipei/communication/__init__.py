"""What goes out and comes in: letters, messages, calls; texts by language and edition."""
