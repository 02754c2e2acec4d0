"""How a command speaks: what was refused is said in the sentence that a page would say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click
from flask import current_app

from models.base import Refused
from web import sentences


@contextmanager
def in_words() -> Iterator[None]:
    """Run a command's work; where a rule says no, end with the sentence instead of a trace."""
    with current_app.test_request_context():
        try:
            yield
        except Refused as refusal:
            raise click.ClickException(sentences.refusal(refusal)) from refusal


def name_faults(faults: Iterable[tuple[int, str, str]]) -> None:
    """Say of each faulty line which cell is wrong, and why."""
    for line, cell, why in faults:
        click.echo(f"line {line}, {cell or '-'}: {why}", err=True)
