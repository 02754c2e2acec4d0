"""What is done from the command line: every file of web/commands/ adds its commands."""

from __future__ import annotations

import importlib
import pkgutil

import click
from flask import Flask

from web import commands


def init_app(app: Flask) -> None:
    """Add the commands; a file's `COMMANDS` lists them."""
    for module in pkgutil.iter_modules(commands.__path__):
        found: list[click.Command] = importlib.import_module(f"web.commands.{module.name}").COMMANDS
        for command in found:
            app.cli.add_command(command)
