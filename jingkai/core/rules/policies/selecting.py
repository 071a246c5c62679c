"""
What an enterprise receives when several policies would grant it something.

Of an exclusive group it receives the policy with the highest amount, of equal ones that with
the first code. What is left of a stacking group is granted in the same order until the group's
cap is reached; where policies of a group name different caps, the lowest counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .model import Header


class GivenUp(StrEnum):
    """Why a policy gives less than it could, or nothing."""

    EXCLUDED = "excluded"  # another one of its exclusive group gives as much or more
    CAPPED = "capped"  # the stacking group's cap leaves only a part
    UNDECIDED = "undecided"  # its amount can't be told, so it was not compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A policy that grants something; None is an amount that can't be told yet."""

    header: Header
    amount_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """
    What becomes of an offer: ``granted_fen`` of ``offer.amount_fen``.

    ``instead_of`` is the code of the policy that was preferred, ``group`` what both belong to.
    """

    offer: Offer
    granted_fen: int | None
    given_up: GivenUp | None = None
    group: str = ""
    preferred: str = ""

    @property
    def reason(self) -> str:
        """Return in a sentence why less is granted, empty when everything is."""
        match self.given_up:
            case GivenUp.EXCLUDED:
                return f"与政策 {self.preferred} 不得重复享受（{self.group}），择高享受后者"
            case GivenUp.CAPPED:
                return f"“{self.group}”合计已达上限，超出部分不再给予"
            case GivenUp.UNDECIDED:
                return "金额尚不能确定，未参与择高比较"
        return ""


@dataclass(frozen=True, slots=True)
class Selection:
    """All offers in their order, and what they come to together."""

    awards: tuple[Award, ...]

    @property
    def total_fen(self) -> int:
        """Return the sum of what is granted and can be told."""
        return sum(award.granted_fen or 0 for award in self.awards)

    @property
    def given_up(self) -> tuple[Award, ...]:
        """Return the awards that give less than was offered."""
        return tuple(award for award in self.awards if award.given_up is not None)


def select(offers: Iterable[Offer]) -> Selection:
    """Return what of these offers an enterprise receives, and what it gives up and why."""
    several = tuple(offers)
    ranked = sorted(several, key=_rank)
    preferred = _preferred(ranked)
    caps = _caps(several)
    awards: dict[str, Award] = {}
    for offer in ranked:
        best = preferred.get(offer.header.exclusive_group)
        award = _award(offer, best, caps)
        awards[offer.header.code] = award
    return Selection(tuple(awards[offer.header.code] for offer in several))


def _rank(offer: Offer) -> tuple[int, str]:
    return -(offer.amount_fen or 0), offer.header.code


def _preferred(ranked: Iterable[Offer]) -> dict[str, Offer]:
    preferred: dict[str, Offer] = {}
    for offer in ranked:
        if offer.header.exclusive_group and offer.amount_fen is not None:
            preferred.setdefault(offer.header.exclusive_group, offer)
    return preferred


def _caps(offers: Iterable[Offer]) -> dict[str, int]:
    caps: dict[str, int] = {}
    for offer in offers:
        stacking = offer.header.stacking
        if stacking is not None:
            known_fen = caps.get(stacking.group, stacking.cap_fen)
            caps[stacking.group] = min(known_fen, stacking.cap_fen)
    return caps


def _award(offer: Offer, best: Offer | None, left: dict[str, int]) -> Award:
    """Return the award, and take what it grants from what is left of its stacking group."""
    group = offer.header.exclusive_group
    if offer.amount_fen is None:
        given_up = None if best is None else GivenUp.UNDECIDED
        return Award(offer=offer, granted_fen=None, given_up=given_up, group=group)
    if best is not None and best is not offer:
        return Award(
            offer=offer,
            granted_fen=0,
            given_up=GivenUp.EXCLUDED,
            group=group,
            preferred=best.header.code,
        )
    stacking = offer.header.stacking
    if stacking is None:
        return Award(offer=offer, granted_fen=offer.amount_fen)
    granted_fen = min(offer.amount_fen, left[stacking.group])
    left[stacking.group] -= granted_fen
    if granted_fen == offer.amount_fen:
        return Award(offer=offer, granted_fen=granted_fen)
    return Award(
        offer=offer, granted_fen=granted_fen, given_up=GivenUp.CAPPED, group=stacking.group
    )
