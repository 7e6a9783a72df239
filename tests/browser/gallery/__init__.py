"""The component gallery: every component and every designed page drawn from plain values, for tests and for eyes. No product page."""
