"""The staff door to the assessment: every item with what is asked, allowed, and why less."""
