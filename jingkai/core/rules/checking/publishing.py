"""Whether a policy may be published: compared with its text, confirmed, and without faults."""

from collections.abc import Iterator

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.policies.model import Mark, Policy

from .checks import check

NOT_COMPARED = "尚未与文件原文核对，只能作为草稿；请核对后改为已核实"


def publishable(policy: Policy, catalogue: Catalogue) -> bool:
    """Return whether nothing keeps the policy from being published."""
    return not obstacles(policy, catalogue)


def obstacles(policy: Policy, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what keeps the policy a draft, each with what to do; empty where nothing does."""
    return tuple(_obstacles(policy, catalogue))


def _obstacles(policy: Policy, catalogue: Catalogue) -> Iterator[str]:
    if policy.header.mark is Mark.UNVERIFIED:
        yield NOT_COMPARED
    for open_point in policy.header.confirmations:
        by = f"，由{open_point.by}确认" if open_point.by else ""
        yield f"待确认：{open_point.what}{by}"
    yield from (str(notice) for notice in check(policy, catalogue) if notice.blocks)
