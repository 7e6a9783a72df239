"""The machine door: partners report claims, read their state and add papers; every address under /api/v1/."""
