"""The installed command `jingkai`: every name is one of our management commands."""

import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.db import DatabaseError

from jingkai.config import catalogues

USAGE = """\
用法 / usage: jingkai 命令/COMMAND [选项/options]

命令 / commands:
{commands}

jingkai 命令 --help 列出该命令的选项 / lists the options of a command.
JINGKAI_HOME 数据目录 / data folder, DATABASE_URL 数据库 / database, JINGKAI_NOW 时钟 / clock."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or not 0 with a message on stderr."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingkai.config.settings")
    try:
        catalogues.compile_outdated()
        django.setup()
        return _run(words)
    except ImproperlyConfigured as reason:
        return _fail(f"设置有误 / settings: {reason}", status=1)
    except DatabaseError as reason:
        return _fail(
            f"数据库不可用 / database: {reason}\n"
            "jingkai serve 会建立并升级数据库 / creates and migrates it.",
            status=1,
        )
    except BrokenPipeError:
        # The reader (`| head`) has enough; leave nothing for the interpreter to flush into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def own_commands() -> dict[str, str]:
    """Return the name of each of our commands and the app that holds it."""
    return {
        name: app
        for name, app in sorted(get_commands().items())
        if app.split(".")[0] == __package__
    }


def _run(words: list[str]) -> int:
    commands = own_commands()
    if not words or words[0] in {"help", "--help", "-h"}:
        print(USAGE.format(commands="\n".join(_lines(commands))))
        return 0
    name, *rest = words
    if name not in commands:
        return _fail(
            f"没有 {name} 命令 / no command {name}.\n可用命令 / commands: {', '.join(commands)}",
            status=2,
        )
    load_command_class(commands[name], name).run_from_argv(["jingkai", name, *rest])
    return 0


def _lines(commands: dict[str, str]) -> list[str]:
    width = max(map(len, commands), default=0)
    return [
        f"  {name:{width}}  {load_command_class(app, name).help.strip().splitlines()[0]}"
        for name, app in commands.items()
    ]


def _fail(message: str, *, status: int) -> int:
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
