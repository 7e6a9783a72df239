"""How values are written and drawn in templates: words, money, dates, masks and the positions of bars."""
