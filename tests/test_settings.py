"""Settings say which variable is wrong and what to do."""

from pathlib import Path

import pytest

from settings import Settings, SettingsError, password_file


def test_a_port_that_is_no_number_is_refused_by_the_name_of_its_variable(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MOTCUA_API_PORT is 'http'"):
        Settings.from_environment({"MOTCUA_HOME": str(tmp_path), "MOTCUA_API_PORT": "http"})


def test_the_address_of_the_database_always_wins(tmp_path: Path) -> None:
    password_file(tmp_path).write_text("own")

    settings = Settings.from_environment({"MOTCUA_HOME": str(tmp_path), "DATABASE_URL": "postgresql://there/x"})

    assert settings.database_url == "postgresql://there/x"
    assert not settings.own_postgres


def test_without_an_address_the_database_under_the_state_folder_is_used(tmp_path: Path) -> None:
    password_file(tmp_path).write_text("a/b\n")

    settings = Settings.from_environment({"MOTCUA_HOME": str(tmp_path), "MOTCUA_POSTGRES_PORT": "5555"})

    assert settings.database_url == "postgresql://motcua:a%2Fb@127.0.0.1:5555/motcua"


def test_a_missing_database_is_an_error_that_says_how_to_get_one(tmp_path: Path) -> None:
    settings = Settings.from_environment({"MOTCUA_HOME": str(tmp_path)})

    with pytest.raises(SettingsError, match="motcua up"):
        settings.require_database()


def test_a_child_process_reads_the_same_settings(tmp_path: Path) -> None:
    settings = Settings.from_environment({"MOTCUA_HOME": str(tmp_path), "DATABASE_URL": "postgresql://there/x"})

    again = Settings.from_environment(settings.as_environment())

    assert again.files == settings.files
    assert again.api_port == settings.api_port
    assert again.database_url == settings.database_url
