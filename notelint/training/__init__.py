"""Corpus → model and its evaluation (extra `train`): `python -m notelint.training --help`. Not for run time."""
