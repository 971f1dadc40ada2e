"""Data folders: inside the installed package where they are there, else beside it."""

import pytest

from notelint import resources


@pytest.mark.parametrize(("name", "pattern"), [("checks", "*.toml"), ("templates", "*.jinja")])
def test_the_folders_of_this_checkout_hold_their_files(name, pattern):
    assert list(resources.data_folder(name).rglob(pattern))


def test_what_lies_inside_the_package_goes_first(tmp_path, monkeypatch):
    package = tmp_path / "notelint"
    (tmp_path / "checks").mkdir()
    package.mkdir()
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.data_folder("checks") == tmp_path / "checks"
    (package / "checks").mkdir()
    assert resources.data_folder("checks") == package / "checks"
