"""`jingkai seed`: fictitious zones of any size, the same for the same seed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingkai.demo import load, people, plan, story
from jingkai.web import clock


class Command(BaseCommand):
    """Loads fictitious zones."""

    help = "载入任意规模的虚构园区 / Load fictitious zones of any size"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the command's fixed interface."""
        parser.add_argument("--zones", type=int, default=1, help="园区数 / number of zones")
        parser.add_argument(
            "--scale", type=int, default=100, help="每区企业数（约）/ enterprises a zone, roughly"
        )
        parser.add_argument("--seed", type=int, default=1, help="随机种子 / random seed")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Found each zone and import its workbooks."""
        if options["zones"] < 1 or options["scale"] < 1:
            raise CommandError("--zones 与 --scale 至少为 1 / must be at least 1")
        for number in range(1, options["zones"] + 1):
            self._zone(number, options["scale"], options["seed"])

    def _zone(self, number: int, scale: int, seed: int) -> None:
        at = clock.now()
        code = f"seed{seed}-{number}"
        zone = people.found_zone(
            code=code, name=f"示范园区{seed}-{number}", name_en=f"Zone {code}", at=at
        )
        prefix = f"{code}-"
        people.sign_up(zone=zone, prefix=prefix, at=at)
        tale = story.tell(plan.scaled(scale), prefix=prefix, seed=seed * 1_000 + number)
        try:
            load.load(zone=zone, story=tale, at=at, tell=self.stderr.write)
            load.acknowledge(zone=zone, at=at)
            load.settle(zone=zone, story=tale, at=at)
        except load.NotLoaded as reason:
            raise CommandError(f"{code}: {reason}") from reason
        self.stdout.write(code)
