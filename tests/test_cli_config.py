"""`notelint config`: the settings in force, as a file that can be read again."""

import tomllib

import pytest
from _core import run

from notelint.config import Config, load_config


def printed(*arguments):
    done = run("config", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_without_a_file_the_defaults_are_printed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = printed()
    assert text.startswith("# no notelint.toml from here upward: the defaults\n\n[check]\n")
    assert Config.model_validate(tomllib.loads(text)) == Config()


@pytest.mark.parametrize(
    "text",
    [
        '[check]\nselect = ["NL101", "missing-plan"]\nlevel = "error"\nfail_level = "never"\nmax_questions = 7\n',
        '[check]\nfolders = ["our checks", "C:\\\\practice"]\n',
        '[columns]\ntext = "Note \\"Body\\"\\n"\n"größe" = "ä\\u007f\\t"\n"a b" = "x"\nplain-key_1 = "Note = x # y"\n',
    ],
)
def test_what_is_printed_reads_back_the_same(tmp_path, text):
    path = tmp_path / "notelint.toml"
    path.write_text(text, encoding="utf-8")
    shown = printed("--config", path)
    assert shown.splitlines()[0] == f"# {path}"
    again = tmp_path / "again.toml"
    again.write_text(shown, encoding="utf-8")
    expected = load_config(path)
    assert expected.model_dump(exclude={"source"}) == load_config(again).model_dump(exclude={"source"})


def test_the_nearest_file_is_named(tmp_path, monkeypatch):
    (tmp_path / "notelint.toml").write_text('[check]\nlevel = "error"\n', encoding="utf-8")
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert printed().startswith(f"# {tmp_path / 'notelint.toml'}\n")


def test_a_broken_file_is_an_error(tmp_path):
    path = tmp_path / "n.toml"
    path.write_text("[check\n", encoding="utf-8")
    assert run("config", "--config", path).exit_code == 2
