"""Who works here: users, branches, teams, roles, authority by amount, absence and skills."""
