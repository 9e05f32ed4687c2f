"""What runs inside a workflow reads no file: the models, conditions and forms work without YAML."""

import subprocess
import sys

PURE = (
    "model.procedure",
    "conditions.evaluation",
    "conditions.functions",
    "conditions.names",
    "applying.selection",
    "applying.forms",
    "resolving.identity",
)


def test_pure_modules_load_no_yaml() -> None:
    imports = "; ".join(f"import procedures.language.{module}" for module in PURE)

    loaded = subprocess.run(
        [sys.executable, "-c", f"{imports}; import sys; print('yaml' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "False\n" == loaded.stdout
