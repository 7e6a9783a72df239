"""The staff door to papers: checklist, receiving, examining, custody, the one notice, and the files themselves."""
