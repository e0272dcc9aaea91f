"""Settings: defaults, what may be set, and what is refused with the name of the setting."""

from pathlib import Path

import pytest

from ncdm.errors import SettingsError
from ncdm.settings import Settings, read


def test_without_an_environment_there_are_defaults() -> None:
    found = read({})
    assert found.port == 8737
    assert 1 <= found.readers <= 4
    assert found.home.is_absolute()
    assert found.home.name == "ncdm"


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_setting_is_an_unset_one(empty: str) -> None:
    assert read({"NCDM_HOME": empty, "NCDM_PORT": empty, "NCDM_READERS": empty}) == read({})


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    assert read({"NCDM_HOME": str(tmp_path), "NCDM_PORT": "0", "NCDM_READERS": "64"}) == Settings(tmp_path, 0, 64)


def test_a_folder_may_be_relative_or_of_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert read({"NCDM_HOME": "mesh"}).home == tmp_path / "mesh"
    assert read({"NCDM_HOME": "~/mesh"}).home == tmp_path / "me" / "mesh"


def test_the_environment_is_read_when_none_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NCDM_HOME", str(tmp_path))
    monkeypatch.setenv("NCDM_PORT", "9000")
    assert (read().home, read().port) == (tmp_path, 9000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NCDM_PORT", "65536"),
        ("NCDM_PORT", "-1"),
        ("NCDM_PORT", "http"),
        ("NCDM_PORT", "80.5"),
        ("NCDM_PORT", "8²"),
        ("NCDM_READERS", "0"),
        ("NCDM_READERS", "65"),
        ("NCDM_READERS", "two"),
    ],
)
def test_a_value_without_meaning_stops_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as told:
        read({name: value})
    assert value in told.value.what
    assert told.value.where == "environment"
    assert f"Set {name} to a whole number from" in told.value.todo
