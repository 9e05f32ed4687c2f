"""What runs inside a workflow reads no file: the models, conditions and forms work without YAML."""

import subprocess
import sys

import pytest

PURE = ("model", "steps", "life", "parts", "conditions", "selection", "forms", "identity", "names", "functions")


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_loads_no_yaml(module: str) -> None:
    program = f"import sys, procedures.language.{module}; print('yaml' in sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "False\n" == loaded.stdout
