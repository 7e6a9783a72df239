"""How fast Lipei is on this machine: pages of the desk at 10,000 and 100,000 claims, as ratios to bare SQL in the same run."""
