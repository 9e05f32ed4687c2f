"""The sample case says where it stopped; a run of it to the end is in test_up.py."""

import os
import subprocess
import sys
from pathlib import Path

from cli.engine.ports import free_run


def test_without_an_api_the_sample_case_fails_with_one_sentence(tmp_path: Path) -> None:
    environment = os.environ | {"MOTCUA_HOME": str(tmp_path), "MOTCUA_API_PORT": str(free_run(1))}

    done = subprocess.run([sys.executable, "-m", "cli.main", "demo"], env=environment, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.startswith("The sample case failed: ")
    assert "Traceback" not in done.stderr
