"""`python -m lipei` is the `lipei` command."""

from lipei.launch.cli import main

raise SystemExit(main())
