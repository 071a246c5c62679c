"""What becomes of the plots of a demonstration zone: every state that a ledger knows."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """
    What becomes of some of the plots, and how many of three hundred.

    ``age`` is how many days before the story's end the land was to be started; None: not supplied.
    ``suspended`` is for how many days building has stood still.
    """

    name: str
    of_300: int
    supply: str = ""
    stage: str = ""
    occupancy: str = ""
    statutory: str = "not_idle"
    follow_up: str = ""
    measure: str = ""
    obstacle: str = ""
    obstacle_owner: str = ""
    age: tuple[int, int] | None = None
    built: Decimal = Decimal(0)
    suspended: int = 0
    delay: str = ""
    is_plant: bool = False


_D = Decimal
SITUATIONS = (
    Situation(
        name="in use",
        of_300=118,
        supply="in_use",
        stage="in_production",
        occupancy="own_use",
        age=(1_400, 4_200),
        built=_D(1),
        is_plant=True,
    ),
    Situation(
        name="below target",
        of_300=26,
        supply="below_target",
        stage="in_production",
        occupancy="partly",
        follow_up="watched",
        measure="redevelopment",
        obstacle="market",
        obstacle_owner="holder",
        age=(1_800, 4_200),
        built=_D(1),
        is_plant=True,
    ),
    Situation(
        name="built, not producing",
        of_300=18,
        supply="built_not_producing",
        stage="completed",
        occupancy="vacant",
        follow_up="negotiating",
        measure="lease",
        obstacle="capital",
        obstacle_owner="holder",
        age=(1_100, 2_600),
        built=_D(1),
        is_plant=True,
    ),
    Situation(
        name="being built",
        of_300=30,
        supply="partly_used",
        stage="commenced",
        age=(120, 420),
        built=_D("0.55"),
    ),
    Situation(
        name="suspended, may be idle",
        of_300=9,
        supply="partly_used",
        stage="suspended",
        occupancy="storage",
        statutory="suspected",
        follow_up="to_verify",
        measure="cooperation",
        obstacle="capital",
        obstacle_owner="holder",
        age=(900, 1_500),
        built=_D("0.22"),
        suspended=520,
    ),
    Situation(
        name="suspended, far built",
        of_300=5,
        supply="partly_used",
        stage="suspended",
        follow_up="watched",
        obstacle="market",
        obstacle_owner="holder",
        age=(1_100, 1_700),
        built=_D("0.62"),
        suspended=640,
    ),
    Situation(
        name="to be started soon",
        of_300=10,
        supply="supplied_unused",
        stage="not_commenced",
        occupancy="vacant",
        age=(-160, -20),
    ),
    Situation(
        name="late, not idle yet",
        of_300=9,
        supply="supplied_unused",
        stage="not_commenced",
        occupancy="vacant",
        follow_up="watched",
        obstacle="permits",
        obstacle_owner="committee",
        age=(150, 350),
    ),
    Situation(
        name="idle over a year",
        of_300=8,
        supply="supplied_unused",
        stage="not_commenced",
        occupancy="vacant",
        statutory="suspected",
        follow_up="to_verify",
        obstacle="capital",
        obstacle_owner="holder",
        age=(380, 690),
    ),
    Situation(
        name="idle over two years",
        of_300=6,
        supply="supplied_unused",
        stage="not_commenced",
        occupancy="vacant",
        statutory="suspected",
        follow_up="to_verify",
        measure="reclaim_by_agreement",
        obstacle="bankruptcy",
        obstacle_owner="court",
        age=(740, 1_300),
    ),
    Situation(
        name="delayed by the government",
        of_300=7,
        supply="supplied_unused",
        stage="not_commenced",
        occupancy="vacant",
        statutory="suspected",
        follow_up="negotiating",
        measure="extension",
        obstacle="plan",
        obstacle_owner="natural_resources",
        age=(430, 900),
        delay="g2",
    ),
    Situation(
        name="approved, not supplied",
        of_300=24,
        supply="approved_unsupplied",
        stage="cleared",
        occupancy="vacant",
        statutory="not_applicable",
        follow_up="watched",
        measure="supply",
    ),
    Situation(
        name="approved, not cleared",
        of_300=8,
        supply="approved_unsupplied",
        stage="not_cleared",
        occupancy="occupied",
        statutory="not_applicable",
        follow_up="to_verify",
        obstacle="clearance",
        obstacle_owner="street",
    ),
    Situation(name="nothing on record", of_300=22, statutory=""),
)
