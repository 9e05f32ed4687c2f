"""Every command exists, explains itself, and ends with one sentence when something is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, commands


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(commands, [name, "--help"])

    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")


def test_help_is_given_without_loading_the_engine() -> None:
    code = "import sys; from cli.main import commands; commands(['--help'], standalone_mode=False); "
    code += "print(sorted({'temporalio', 'psycopg', 'fastapi', 'yaml'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout.rstrip().endswith("[]")


def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "MOTCUA_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "migrate"], env=environment, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.startswith("motcua: DATABASE_URL is not set")
    assert "Traceback" not in done.stderr
