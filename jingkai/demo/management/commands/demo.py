"""`jingkai demo`: the demonstration zone, 钢城经济开发区 in 2024."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jingkai.demo import load, people, plan, story
from jingkai.web import clock

CODE = "gangcheng"


class Command(BaseCommand):
    """Loads the demonstration zone; a second call changes nothing."""

    help = "载入示范园区 / Load the demonstration zone"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Found the zone, sign up its people, import its workbooks."""
        at = clock.now()
        zone = people.found_zone(
            code=CODE,
            name="钢城经济开发区（示范）",
            name_en="Gangcheng Economic Development Zone (demonstration)",
            at=at,
        )
        people.sign_up(zone=zone, prefix="", at=at)
        tale = story.tell(plan.GANGCHENG, prefix="", seed=2024)
        try:
            load.load(zone=zone, story=tale, at=at, tell=self.stderr.write)
            load.acknowledge(zone=zone, at=at)
            load.settle(zone=zone, story=tale, at=at)
        except load.NotLoaded as reason:
            raise CommandError(f"示范数据未能载入 / not loaded: {reason}") from reason
        self.stdout.write(f"{zone.name} ({zone.code})  {settings.DEMONSTRATION_PASSWORD}")
