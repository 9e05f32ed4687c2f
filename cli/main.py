"""What people type: the group of all commands."""

import click


@click.group()
def main() -> None:
    """One-stop-shop engine for administrative procedures."""
