"""The letters we send: what each must hold as data, their texts by edition, and how they are laid out."""
