"""How Lipei is started and kept: places, keys, the embedded server, the `lipei` command, backup and restore."""
