"""Corpus → model, and its evaluation (extra `train`): `python -m notelint.training --help`. Never imported at run time."""
