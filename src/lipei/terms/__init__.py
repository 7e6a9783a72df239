"""What the contract says: the terms document, its words, money, dates, clauses and checks. Pure."""
