"""The hook for a virus scanner: a command that the operator names; without one, nothing is run."""

import subprocess
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 60
CLEAN, INFECTED = 0, 1  # what clamdscan and its like exit with


class Infected(ValueError):
    """The scanner found something in the file."""


class Unavailable(RuntimeError):
    """The scanner gave no verdict, so that the file is not taken."""


def scan(path: Path) -> bool:
    """
    Return whether the file was scanned and found clean; False where no scanner is set up.

    :raises Infected: when the scanner finds something
    :raises Unavailable: when it does not answer in time or fails
    """
    command: list[str] = settings.FILE_SCAN_COMMAND
    if not command:
        return False
    try:
        done = subprocess.run(
            [*command, str(path)], capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise Unavailable(_("查毒程序没有应答，文件未保存；请稍后再传或联系管理员")) from None
    if done.returncode == INFECTED:
        raise Infected(_("查毒程序报告文件有问题，已拒绝；请换一份干净的文件"))
    if done.returncode != CLEAN:
        raise Unavailable(_("查毒程序出错，文件未保存；请稍后再传或联系管理员"))
    return True
