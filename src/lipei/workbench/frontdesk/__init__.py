"""The front desk's pages: the day's visits, and one page a station."""
