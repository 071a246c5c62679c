"""`jingkai roles`: roles, what each may do, and the demonstration's log-ins."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from jingkai.apps.accounts import queries
from jingkai.apps.accounts.roles import ROLE_LABELS, ROLE_PERMISSIONS
from jingkai.web import clock


class Command(BaseCommand):
    """Prints the roles."""

    help = "列出角色、权限与示范登录 / List roles, permissions and the demonstration's log-ins"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print one row a role, then one a log-in."""
        today = clock.today()
        roles = [
            {
                "role": role.value,
                "label": str(label),
                "permissions": sorted(ROLE_PERMISSIONS[role]),
            }
            for role, label in ROLE_LABELS.items()
        ]
        people = [
            {
                "username": user.username,
                "name": user.name,
                "roles": [f"{m.zone.code}:{m.role}" for m in queries.memberships(user, on=today)],
            }
            for user in queries.demonstration_people()
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"roles": roles, "log_ins": people}, ensure_ascii=False))
            return
        for role in roles:
            self.stdout.write(
                f"{role['role']:20} {role['label']}  {', '.join(role['permissions'])}"
            )
        if people:
            password = settings.DEMONSTRATION_PASSWORD
            self.stdout.write(f"示范密码 / password of the demonstration: {password}")
        for person in people:
            self.stdout.write(
                f"{person['username']:20} {person['name']}  {', '.join(person['roles'])}"
            )
