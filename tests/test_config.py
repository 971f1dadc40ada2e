"""notelint.toml: each mistake in it is named with file, line and cure."""

from pathlib import Path

import pytest
from _core import line_with, own_check

from notelint.catalog import Check
from notelint.config import Config, find_config, known_keys, line_of, load_config, load_toml
from notelint.errors import UsageError


def write(folder, text, name="notelint.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def error_of(path, record=Config):
    with pytest.raises(UsageError) as caught:
        load_toml(path, record)
    return caught.value


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = load_config()
    assert config == Config()
    assert (config.source, config.folders, config.check.fail_level, config.check.level) == (
        "",
        (),
        "warning",
        "suggestion",
    )


def test_a_file_is_read(tmp_path):
    path = write(
        tmp_path,
        '[check]\nenable = ["NL108"]\nfail_level = "never"\nmax_questions = 0\n\n[columns]\ntext = "Note Body"\n',
    )
    config = load_config(path)
    assert config.check.enable == ("NL108",)
    assert config.check.fail_level == "never"
    assert config.check.max_questions == 0
    assert config.columns == {"text": "Note Body"}
    assert config.source == str(path)


def test_the_nearest_file_upward_is_found(tmp_path, monkeypatch):
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    top = write(tmp_path, '[check]\nlevel = "error"\n')
    assert find_config(deep) == top
    near = write(tmp_path / "a", '[check]\nlevel = "warning"\n')
    assert find_config(deep) == near
    (deep / "notelint.toml").mkdir()  # a folder of that name is no file
    monkeypatch.chdir(deep)
    assert load_config().check.level == "warning"
    assert load_config(top).check.level == "error"


def test_relative_folders_lie_beside_the_file(tmp_path):
    absolute = tmp_path / "elsewhere"
    path = write(tmp_path, f'[check]\nfolders = ["ours", {str(absolute)!r}]\n')
    assert load_config(path).folders == (tmp_path / "ours", absolute)
    assert Config().with_check(folders=["ours"]).folders == (Path("ours"),)


def test_with_check_changes_what_is_given_and_keeps_the_rest():
    config = Config().with_check(ignore=["NL101"], level="error")
    changed = config.with_check(level=None, enable=["NL108"])
    assert changed.check.level == "error"
    assert changed.check.ignore == ("NL101",)
    assert changed.check.enable == ("NL108",)
    assert config.check.enable == ()


def test_e201_the_file_cannot_be_read(tmp_path):
    missing = tmp_path / "none.toml"
    assert str(error_of(missing)) == (
        f"{missing}: The file can't be read: No such file or directory. Check its path and rights. [E201]"
    )
    assert error_of(tmp_path).code == "E201"
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'[columns]\ntext = "\xe9"\n')
    assert "it is not UTF-8 text" in str(error_of(latin))


@pytest.mark.parametrize(
    ("text", "line"), [("[check]\nlevel = warning\n", 2), ("[check]\n\nselect = [\n", 0), ("[check\n", 1)]
)
def test_e202_this_is_not_toml(tmp_path, text, line):
    path = write(tmp_path, text)
    error = error_of(path)
    assert (error.code, error.cure) == ("E202", "Strings stand in quotes, lists in [ ].")
    assert error.where == (f"{path}:{line}" if line else str(path))
    assert "(at" not in error.message


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "notelint.toml"
    path.write_bytes(b'\xef\xbb\xbf[check]\nlevel = "error"\n')
    assert load_config(path).check.level == "error"


@pytest.mark.parametrize(
    ("text", "line", "key", "cure"),
    [
        ('[check]\nlevel = "error"\nselct = []\n', 3, "check.selct", "Did you mean 'select'?"),
        ("# x\n\n[cheek]\n", 3, "cheek", "Did you mean 'check'?"),
        ("max = 1\n", 1, "max", "Known are: check, columns."),
        ('source = "x"\n', 1, "source", "Known are: check, columns."),
        ("check.selct = []\n", 1, "check.selct", "Did you mean 'select'?"),
        ("[check]\n[columns]\n[check.selct]\n", 3, "check.selct", "Did you mean 'select'?"),
    ],
)
def test_e203_an_unknown_key_with_its_line_and_the_nearest_known_one(tmp_path, text, line, key, cure):
    path = write(tmp_path, text)
    assert str(error_of(path)) == f"{path}:{line}: Unknown key '{key}'. {cure} [E203]"


@pytest.mark.parametrize(
    ("old", "new", "at", "key", "cure"),
    [
        ('ask = "Which', 'aks = "Which', "aks =", "needs.0.aks", "Did you mean 'ask'?"),
        ("[[parts]]\n", "[applies]\ntype = []\n\n[[parts]]\n", "type = []", "applies.type", "Did you mean 'types'?"),
        ("[[parts]]\n", "[partial]\nany = []\n\n[[parts]]\n", "any = []", "partial.any", "Did you mean 'any_of'?"),
        ("{ title =", "{ titel =", "sources = [", "sources.0.titel", "Did you mean 'title'?"),
        ("exclude =", "exclud =", "exclud =", "parts.0.exclud", "Did you mean 'exclude'?"),
        ('text = "Client stayed', 'txt = "Client stayed', "txt =", "examples.1.txt", "Did you mean 'text'?"),
        ('since = "1"', 'since = "1"\npath = "x"', "path =", "path", "Did you mean 'parts'?"),
    ],
)
def test_e203_in_nested_tables_and_list_items(tmp_path, old, new, at, key, cure):
    path = own_check(tmp_path, (old, new)) / "ACME101.toml"
    assert str(error_of(path, Check)) == f"{path}:{line_with(path, at)}: Unknown key '{key}'. {cure} [E203]"


@pytest.mark.parametrize(
    ("old", "at", "key"),
    [
        ('title = "Bus ride"\n', "code =", "title"),
        ('starter = "Took [bus]."\n', "[[needs]]", "needs.0.starter"),
        ('id = "bus_ride"\n', "[[parts]]", "parts.0.id"),
    ],
)
def test_e204_a_missing_key_with_the_line_of_its_table(tmp_path, old, at, key):
    path = own_check(tmp_path, (old, "")) / "ACME101.toml"
    line = line_with(path, at) if "." in key else 1
    assert str(error_of(path, Check)) == f"{path}:{line}: The key '{key}' is missing. Add it. [E204]"


def test_e204_the_second_examples_missing_key_is_not_looked_for_in_the_first(tmp_path):
    path = own_check(tmp_path, ('status = "missing"\n', "")) / "ACME101.toml"
    assert error_of(path, Check).where == f"{path}:{line_with(path, 'stayed') - 1}"


def test_known_keys_of_nested_records_and_lists():
    assert known_keys(Config, ()) == ["check", "columns"]
    assert known_keys(Check, ("needs", 3)) == ["name", "any_of", "ask", "starter"]
    assert known_keys(Check, ("partial",)) == ["any_of"]
    assert known_keys(Check, ("parts", 0)) == ["id", "patterns", "exclude"]
    assert known_keys(Config, ("columns",)) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[check]\nfail_level = "loud"\n', 2, "'check.fail_level' can't be used: Input should be 'error', 'warning', "
         "'suggestion' or 'never'."),
        ('[check]\nselect = "NL101"\n', 2, "'check.select' can't be used: it must be a list, as in [\"NL102\"]."),
        ('[check]\nselect = ["NL101", 7]\n', 2, "'check.select.1' can't be used: Input should be a valid string."),
        ("[check]\nmax_questions = -1\n", 2, "'check.max_questions' can't be used: Input should be greater than or "
         "equal to 0."),
        ('check = "x"\n', 1, "'check' can't be used: Input should be a valid dictionary or instance of CheckSettings."),
        ("[check]\n\n[columns]\nselect = 7\n", 4, "'columns.select' can't be used: Input should be a valid string."),
    ],
)  # fmt: skip
def test_e205_a_value_of_the_wrong_kind(tmp_path, text, line, message):
    path = write(tmp_path, text)
    assert str(error_of(path)) == f"{path}:{line}: {message} Correct the value. [E205]"


TOML = '''\
level = "x"
text = """
[x] not a table
"""

[check]  # settings
"level" = 1
check.deep = 2

[[needs]]
name = "a"
ask = "b"

[[needs]]
name = "c"

[needs.inner]
key = 1

[ other . table ]
ask = 3
'''


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("level",), 1),
        (("check",), 6),
        (("check", "level"), 7),
        (("check", "deep"), 8),
        (("check", "none"), 6),
        (("needs", 0, "ask"), 12),
        (("needs", 1, "name"), 15),
        (("needs", 1, "ask"), 14),  # not in this table: the table, never another one's line
        (("needs", 1, "inner", "key"), 18),
        (("needs", 5, "name"), 1),
        (("other", "table", "ask"), 21),
        (("ask",), 1),
        ((0, "level"), 1),
        ((), 1),
    ],
)
def test_line_of(loc, line):
    assert line_of(TOML, loc) == line


def test_a_list_is_asked_for_in_words_of_toml(tmp_path):
    path = tmp_path / "notelint.toml"
    path.write_text('[check]\nignore = "NL102"\n', encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_config(path)
    assert 'it must be a list, as in ["NL102"]' in str(caught.value)
    assert caught.value.where == f"{path}:2"
