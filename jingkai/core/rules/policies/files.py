"""Policies as they lie in a folder: a DMN file each."""

from hashlib import sha256
from pathlib import Path

from jingkai.core.rules.dmn import reading as dmn
from jingkai.core.rules.dmn.trees import DmnError

from .model import BadPolicy, Policy
from .reading import policy_from

VERSION_LENGTH = 12


def policies(folder: Path) -> tuple[list[Policy], dict[str, str]]:
    """
    Return the policies of a folder or of one file, and the version of each: its file's digest.

    :raises BadPolicy: naming the file that is none, or that repeats another's code
    """
    files = sorted(folder.rglob("*.dmn")) if folder.is_dir() else [folder]
    if not files:
        raise BadPolicy(f"{folder} 中没有 .dmn 文件")
    found: list[Policy] = []
    versions: dict[str, str] = {}
    for path in files:
        try:
            xml = path.read_bytes()
            policy = policy_from(dmn.read(xml))
        except (OSError, DmnError, BadPolicy) as reason:
            raise BadPolicy(f"{path}: {reason}") from None
        code = policy.header.code
        if code in versions:
            raise BadPolicy(f"{path}: 政策代码 {code} 重复，请改为不同的代码")
        found.append(policy)
        versions[code] = sha256(xml).hexdigest()[:VERSION_LENGTH]
    return found, versions
