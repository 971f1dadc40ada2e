"""`notelint checks`: the list."""

from _core import own_check, run

from notelint.catalog import load_catalog


def lines(*arguments):
    done = run("checks", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return {line.split()[0]: line for line in done.stdout.splitlines()}


def test_every_check_has_its_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = lines()
    assert list(found) == [check.code for check in load_catalog()]
    for check in load_catalog():
        code, level, state, name, *title = found[check.code].split()
        assert (code, level, name, " ".join(title)) == (check.code, check.level, check.name, check.title)
        assert state == ("on" if check.default and check.status == "stable" else "off")


def test_columns_stand_below_each_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len({line.index(load_catalog().get(code).title) for code, line in lines().items()}) == 1


def test_settings_are_heeded(tmp_path):
    path = tmp_path / "n.toml"
    path.write_text('[check]\nenable = ["NL108"]\nignore = ["NL101"]\n', encoding="utf-8")
    found = lines("--config", path)
    assert found["NL108"].split()[2] == "on"
    assert found["NL101"].split()[2] == "off"


def test_own_checks_are_listed_from_where_the_command_runs(tmp_path, monkeypatch):
    own_check(tmp_path / "ours")
    settings = tmp_path / "settings"
    settings.mkdir()
    (settings / "notelint.toml").write_text("[check]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert list(lines("--checks", "ours", "--config", settings / "notelint.toml"))[-1] == "ACME101"


def test_a_broken_own_check_is_refused(tmp_path):
    own_check(tmp_path, ("{{ patient }}", "{{ client }}"))
    done = run("checks", "--checks", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no name 'client'" in done.stderr
