"""Practice visits: scripted visitors who answer as they are met, and what can be learned from the talk. Nothing here is real."""
