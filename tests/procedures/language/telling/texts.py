"""The text of the procedure that has every part."""

from pathlib import Path

EVERYTHING = Path(__file__).with_name("everything.yaml").read_text()
