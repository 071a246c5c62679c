"""The settings of the product; what differs between installations is in the environment."""

import os
import secrets
import shlex
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("JINGKAI_HOME") or PACKAGE.parent / "var").resolve()
HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """Return the installation's secret, made on first use and kept in its data folder."""
    given = os.environ.get("JINGKAI_SECRET_KEY")
    if given:
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


def _sqlite(path: Path) -> dict[str, object]:
    """
    Return the embedded profile: nothing acknowledged is lost when the power fails.

    synchronous=FULL because WAL with NORMAL loses acknowledged commits; recursive_triggers because
    INSERT OR REPLACE passes append-only triggers without it; IMMEDIATE so that a transaction which
    will write never fails half-way on the lock.
    """
    pragmas = (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;"
        "PRAGMA mmap_size=268435456;"
        "PRAGMA cache_size=-65536;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": os.environ.get("JINGKAI_TEST_SQLITE")},
    }


def _postgres(url: str) -> dict[str, object]:
    """
    Return the profile of a zone of hundreds of users, or of a city.

    jingkai.zones=* lets commands see every zone; a request gives that up (``accounts.wall``).
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    ours = "-c synchronous_commit=on -c timezone=UTC -c jingkai.zones=*"
    options["options"] = f"{ours} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(HOME / "jingkai.sqlite3")
    if url.startswith("sqlite:///"):
        return _sqlite(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgres://", "postgresql://")):
        return _postgres(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL 以 {url.split(':', maxsplit=1)[0]!r} 开头，只支持 sqlite:/// 或 postgresql://。"
        " / DATABASE_URL must start with sqlite:/// or postgresql://."
    )


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("JINGKAI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get(
    "JINGKAI_HOSTS", "*" if DEBUG else "localhost,127.0.0.1,[::1]"
).split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("JINGKAI_ORIGINS", "").split(",") if origin
]

ROOT_URLCONF = "jingkai.config.urls"
WSGI_APPLICATION = "jingkai.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "jingkai.config",
    "jingkai.demo",
    "jingkai.apps.reporting",
    "jingkai.apps.projects",
    "jingkai.apps.investment",
    "jingkai.apps.idle",
    "jingkai.apps.reuse",
    "jingkai.apps.land",
    "jingkai.apps.atlas",
    "jingkai.apps.integrity",
    "jingkai.apps.registers",
    "jingkai.apps.files",
    "jingkai.apps.notes",
    "jingkai.apps.search",
    "jingkai.apps.calendar",
    "jingkai.apps.notices",
    "jingkai.apps.work",
    "jingkai.apps.accounts",
    "jingkai.apps.audit",
    "jingkai.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
]

MIDDLEWARE = [
    "jingkai.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jingkai.apps.accounts.middleware.RequestContext",
    "jingkai.apps.accounts.middleware.AccessControl",
    "jingkai.apps.work.middleware.OnceAKey",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jingkai.config.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "jingkai.web.templatetags.components",
                "jingkai.web.templatetags.figures",
                "jingkai.web.templatetags.shell",
            ],
        },
    }
]

DATABASES = {"default": _database()}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# PBKDF2 at Django's default costs 279 ms of CPU a log-in; Argon2 is stronger and a fifth of that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# The log-ins of demonstration zones; the log-in page shows it beside their names.
DEMONSTRATION_PASSWORD = "jingkai-demo-2024"  # noqa: S105

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day; a log-in does not outlive it
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Behind a proxy that ends TLS; the proxy must set the header itself, whatever a client sends.
HTTPS = os.environ.get("JINGKAI_HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
FRAME_ANCESTORS = os.environ.get("JINGKAI_FRAME_ANCESTORS", "'none'")
# A government workbench on another site keeps the log-in only with None, which needs TLS.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = (
    "None" if HTTPS and FRAME_ANCESTORS != "'none'" else "Lax"
)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
# Django's zh_Hans formats group digits by four with an empty separator.
FORMAT_MODULE_PATH = ["jingkai.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
CLOCK = os.environ.get("JINGKAI_NOW", "")  # an ISO instant or date; empty: the real time

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILES_FOLDER = HOME / "files"
FILES_QUOTA_BYTES = int(os.environ.get("JINGKAI_FILES_QUOTA_GB", "20")) * 1024**3  # a zone
# Called with a file's path; it exits with 0 where the file is clean and with 1 where it is not.
FILE_SCAN_COMMAND = shlex.split(os.environ.get("JINGKAI_SCAN_COMMAND", ""))
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 33_554_432

# Every 台账 of the product, by area; the one list of them.
REGISTERS = [
    "jingkai.apps.investment.register.REGISTERS",
    "jingkai.apps.projects.register.REGISTERS",
    "jingkai.apps.land.register.REGISTERS",
    "jingkai.apps.idle.register.REGISTERS",
    "jingkai.apps.reuse.register.REGISTERS",
    "jingkai.apps.reporting.register.REGISTERS",
]

# What higher areas show on the page of a parcel or a plant, in this order; see land.presentation.
PANELS: dict[str, list[str]] = {
    "parcels": [
        "jingkai.apps.idle.presentation.panel",
        "jingkai.apps.reuse.presentation.of_parcel",
    ],
    "plants": ["jingkai.apps.reuse.presentation.of_plant"],
}

# What the law makes of a parcel: known(parcel, on=day); see land.queries.idle_land.
IDLE_LAND = "jingkai.apps.idle.queries.known_and_determined"

# What higher areas offer beside a list: beside(asked, request) -> parts.Link or None.
BESIDE_LISTS = ["jingkai.apps.atlas.presentation.beside"]

# Every layer of the map, by area; see atlas.layers.
LAYERS = ["jingkai.apps.land.layers.LAYERS"]
# A key of 天地图 puts its pictures under the map; without one the map needs nothing from outside.
TIANDITU_KEY = os.environ.get("JINGKAI_TIANDITU_KEY", "")

# What stands beside a sealed record, for the apps below; see accounts.models.beside_unsealed.
SEALED = "jingkai.apps.registers.queries.sealing.beside"

# What the search index holds of them; see search.index.Source.
SEARCHED = "jingkai.apps.registers.indexing"

# Who does which kind of job: handler(job, report) -> result; see work.actions.running.
JOBS: dict[str, str] = {
    "registers.bulk": "jingkai.apps.registers.jobs.do_batch",
    "registers.check": "jingkai.apps.registers.jobs.check_workbook",
    "registers.import": "jingkai.apps.registers.jobs.import_workbook",
    "reuse.appraise": "jingkai.apps.reuse.jobs.appraise",
}
# Who hears that a job was done or failed, in the transaction that says so: hear(job, at).
JOB_ENDED = "jingkai.apps.notices.jobs.tell_of_job"
JOB_LEASE_SECONDS = float(os.environ.get("JINGKAI_JOB_LEASE", "45"))  # of a worker that is silent
# What is due by the clock: the name that is remembered, who does it (at) -> None, every so many s.
PERIODIC: dict[str, tuple[str, int]] = {
    "idle.follow": ("jingkai.apps.idle.jobs.follow", 15),
    "notices.deliver_mail": ("jingkai.apps.notices.jobs.deliver_mail", 60),
    "notes.remind": ("jingkai.apps.notes.jobs.remind", 600),
    "notes.sweep": ("jingkai.apps.notes.jobs.sweep", 86_400),
    "registers.sweep": ("jingkai.apps.registers.jobs.sweep", 86_400),
    "search.catch_up": ("jingkai.apps.search.jobs.catch_up", 15),
    "work.sweep_keys": ("jingkai.apps.work.jobs.sweep_keys", 3_600),
}

# What a person who leaves hands over, by area: every column of persons stands in one of these.
HANDED_OVER = [
    "jingkai.apps.projects.actions.handovers.HANDED_OVER",
    "jingkai.apps.investment.register.HANDED_OVER",
    "jingkai.apps.land.register.HANDED_OVER",
    "jingkai.apps.idle.register.HANDED_OVER",
    "jingkai.apps.reuse.register.HANDED_OVER",
    "jingkai.apps.registers.actions.handovers.BESIDE",
]

# What people are told of: the kind, its name, and how one hears of it who chose nothing.
NOTICE_KINDS: dict[str, tuple[Promise, str]] = {
    "mention": (_("有人提到我"), "product"),
    "follow-up": (_("我的跟进到期"), "product"),
    "assigned": (_("有事项交给我"), "product"),
    "hand-over": (_("工作移交"), "product"),
    "share": (_("有人与我共享"), "product"),
    "idle-limit": (_("闲置土地期限临近"), "product"),
    "job-done": (_("后台作业完成"), "product"),
    "job-failed": (_("后台作业未完成"), "product"),
}
# Letters leave by the zone's own mail server; without a sender's address none does.
MAIL_FROM = os.environ.get("JINGKAI_MAIL_FROM", "")
PUBLIC_URL = os.environ.get("JINGKAI_PUBLIC_URL", "").rstrip("/")  # for links in letters
EMAIL_HOST = os.environ.get("JINGKAI_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("JINGKAI_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("JINGKAI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JINGKAI_MAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("JINGKAI_MAIL_SSL") == "1"
EMAIL_USE_TLS = os.environ.get("JINGKAI_MAIL_STARTTLS") == "1"
EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
