"""Options that commands share."""

from pathlib import Path

import pytest
from _core import own_check

from notelint.cli.options import catalog_of, own_folders, settings
from notelint.config import Config
from notelint.errors import UsageError


def test_folders_are_seen_from_where_the_command_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert own_folders(()) is None
    assert own_folders(("ours", "/x")) == [str(tmp_path / "ours"), "/x"]


def test_settings_by_path_or_from_here_upward(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert settings(None) == Config()
    Path("n.toml").write_text('[check]\nlevel = "error"\n', encoding="utf-8")
    assert settings("n.toml").check.level == "error"


def test_the_catalog_has_the_folders_of_the_settings_or_those_given(tmp_path):
    own_check(tmp_path / "ours")
    path = tmp_path / "n.toml"
    path.write_text('[check]\nfolders = ["ours"]\nignore = ["ACME101"]\n', encoding="utf-8")
    catalog = catalog_of((), str(path))
    assert catalog.get("ACME101").code in catalog.off
    with pytest.raises(UsageError, match="E214"):
        catalog_of((str(tmp_path / "none"),), str(path))
