"""The staff door to settlement: the calculation, the what-if, the payee, the decision."""
