"""A version has one pin wherever it is loaded."""

import os
import subprocess
import sys
from pathlib import Path

from procedures.language.conditions.celbytes import canonical

ROOT = Path(__file__).parents[4]
# Two entries of a map (field 2) around a text (field 1), inside the envelope's field 2.
_MAP = bytes.fromhex("12020a01"), bytes.fromhex("12020a02")
_TEXT = bytes.fromhex("0a0161")


def test_fields_come_in_one_order_and_none_is_lost() -> None:
    inside = [b"".join(order) for order in ((_MAP[1], _TEXT, _MAP[0]), (_TEXT, *_MAP))]
    envelopes = [bytes([0x12, len(content)]) + content for content in inside]

    assert envelopes[1] == canonical(envelopes[0]) == canonical(envelopes[1])


def test_a_procedure_loads_to_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib; from pathlib import Path; from procedures.language.loader import load_procedure;"
        "loaded = load_procedure(Path('procedures/catalogue/bhxh/1.014140/v1/procedure.yaml'));"
        "print(hashlib.sha256(loaded.procedure.model_dump_json().encode()).hexdigest())"
    )
    hashes = {_printed(code, seed) for seed in ("0", "1", "2")}

    assert 1 == len(hashes)


def _printed(code: str, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
