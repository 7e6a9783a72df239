"""The outside: bank, post – each behind the port of the duty that needs it."""
