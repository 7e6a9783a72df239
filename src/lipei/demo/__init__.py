"""One invented insurer with its people, policies and claims, told through the commands."""
