"""The delivered policies out of their files."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from jingkai.core.rules.dmn import reading as dmn
from jingkai.core.rules.dmn.model import Model
from jingkai.core.rules.policies.model import Policy
from jingkai.core.rules.policies.reading import policy_from

MODELS, EXAMPLES = ".dmn", ".toml"


class NotDelivered(LookupError):
    """The library has no policy of this code."""


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all delivered policies, in order."""
    return tuple(sorted(_codes()))


@cache
def model(code: str) -> Model:
    """
    Return a policy as the decision model that it is written as.

    :raises NotDelivered: if there is no such policy
    """
    return dmn.read(content(code, MODELS))


@cache
def policy(code: str) -> Policy:
    """
    Return a policy.

    :raises NotDelivered: if there is no such policy
    """
    return policy_from(model(code))


def policies() -> tuple[Policy, ...]:
    """Return all delivered policies, drafts among them, in the order of their codes."""
    return tuple(policy(code) for code in codes())


def content(code: str, kind: str) -> bytes:
    """
    Return the bytes of a policy's file: MODELS or EXAMPLES.

    :raises NotDelivered: if there is no such policy
    """
    if code not in codes():
        raise NotDelivered(f"政策库没有“{code}”，请核对编码")
    return (_folder() / f"{code}{kind}").read_bytes()


def _codes() -> Iterator[str]:
    for file in _folder().iterdir():
        if file.name.endswith(MODELS):
            yield file.name.removesuffix(MODELS)


def _folder() -> Traversable:
    return resources.files(__package__)
