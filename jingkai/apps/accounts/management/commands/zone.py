"""`jingkai zone CODE NAME --administrator USERNAME`: found a real zone with its administrator."""

import os
from getpass import getpass
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug

from jingkai.apps.accounts import actions, queries
from jingkai.web import clock


class Command(BaseCommand):
    """Founds a zone; its administrator then signs up everybody else on the page of people."""

    help = "建立园区及其系统管理员 / Found a zone and its administrator"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what a zone needs."""
        parser.add_argument("code", help="园区代码 / zone code, in the addresses of its pages")
        parser.add_argument("name", help="园区名称 / name of the zone")
        parser.add_argument("--name-en", default="", help="英文名称 / English name")
        parser.add_argument("--administrator", required=True, help="管理员登录名 / log-in name")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Found the zone; the password comes from JINGKAI_PASSWORD or is asked for."""
        code, username = options["code"], options["administrator"]
        if queries.zone(code) is not None:
            raise CommandError(f"园区代码已存在 / the zone exists: {code}")
        if queries.person(username) is not None:
            raise CommandError(f"登录名已被使用 / the log-in is taken: {username}")
        password = os.environ.get("JINGKAI_PASSWORD") or getpass("初始密码 / initial password: ")
        try:
            validate_slug(code)
            validate_slug(username)
            password_validation.validate_password(password)
        except ValidationError as reason:
            raise CommandError(" ".join(reason.messages)) from reason
        zone = actions.found_zone_with_administrator(
            zone={"code": code, "name": options["name"], "name_en": options["name_en"]},
            username=username,
            password=password,
            by="system",
            at=clock.now(),
        )
        self.stdout.write(f"{zone.name} ({zone.code}) {username}")
