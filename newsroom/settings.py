"""Settings of the Newsroom project. What differs between machines comes from the environment: see docs/settings.md."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from newsroom import environment
from newsroom.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load_env_file(BASE_DIR / ".env")

DEBUG = environment.flag("DEBUG", default=False)
# What run.py shows: pages as readers have them, errors too, on one's own machine and so over plain http.
DEMO = environment.flag("DEMO", default=False)
ON_OWN_MACHINE = DEBUG or DEMO

# Only for DEBUG, where nothing is worth protecting; production refuses it below.
DEVELOPMENT_SECRET_KEY = "development-only-key-that-production-refuses-to-start-with"  # noqa: S105 - no secret, by name
SECRET_KEY = environment.text("SECRET_KEY", DEVELOPMENT_SECRET_KEY if DEBUG else "")
if not DEBUG and SECRET_KEY in {"", DEVELOPMENT_SECRET_KEY}:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a long random text (or DEBUG=1 on your own machine). To make one: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if ON_OWN_MACHINE else "")
SITE_URL = environment.text("SITE_URL", "http://localhost:8000").rstrip("/")
SITE_NAME = environment.text("SITE_NAME", "Newsroom")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", "" if ON_OWN_MACHINE else SITE_URL)

INSTALLED_APPS = [
    "articles",
    "newsroom.admin_site.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "newsroom.static_files.TrimmedStaticFiles",
    # The editor only: ckeditor_uploader takes any file from any staff user and is not installed (SECURITY.md).
    "ckeditor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "articles.middleware.CompressionMiddleware",
    "articles.middleware.FreshnessMiddleware",
    "newsroom.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "articles.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.middleware.ReaderClockMiddleware",
    # After the clock, which it sets, and after whoever asks is known.
    "articles.middleware.TimeMachineMiddleware",
    # Inside the time machine, so that a page of another moment can be read in the other script as well.
    "articles.middleware.ScriptMiddleware",
]

# A newsroom's own templates and static files, which stand before those of the project (docs/theming.md).
THEME = environment.theme(environment.text("THEME_DIR"), base_dir=BASE_DIR)

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*THEME["templates"], BASE_DIR / "templates"],
        # Cached by Django, which reads them again when one changes while `runserver` is watching.
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context_processors.site",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **environment.database(environment.text("DATABASE_URL", "sqlite:///var/newsroom.sqlite3"), base_dir=BASE_DIR),
        # Opening a connection costs more than a story page: keep it, and check it before use.
        "CONN_MAX_AGE": environment.number("CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = environment.text("LANGUAGE_CODE", "zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

# From the root: Django would put the prefix of the time machine before a relative one, and keep it for every page.
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [*THEME["static"], BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if ON_OWN_MACHINE
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# Without collectstatic, and seen at once when a file changes.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = ON_OWN_MACHINE
WHITENOISE_MAX_AGE = 0 if ON_OWN_MACHINE else 60

# Security headers. Every page gets the strict policy; admin change forms that hold the editor get EDITOR_CSP, because
# CKEditor 4 writes inline handlers and styles (docs/decisions/0004-editor.md). Neither allows another host.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
EDITOR_CSP = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=not ON_OWN_MACHINE)
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 0 if ON_OWN_MACHINE else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=not ON_OWN_MACHINE)
SECURE_HSTS_PRELOAD = environment.flag("SECURE_HSTS_PRELOAD", default=not ON_OWN_MACHINE)
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ON_OWN_MACHINE

# A story form with 300 related links posts about 2,500 fields, and a long body a few megabytes: Django's 1,000 fields
# and 2.5 MB would refuse it and lose the text. The limits stay finite, because parsing a field costs time.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LOGIN_URL = "admin:login"

# "ckeditor" or "plain": which widget stands behind every rich text field (articles/richtext.py).
RICH_TEXT_EDITOR = environment.text("RICH_TEXT_EDITOR", "ckeditor")

# Whether readers can open the earlier public versions of a story that was changed.
EARLIER_VERSIONS = environment.flag("EARLIER_VERSIONS", default=False)

# How many people approve a story before it can be published: "none", "one" or "three" (三审; articles/workflow.py).
REVIEW_STAGES = environment.text("REVIEW_STAGES", "one")

# Checks before publishing, by name (articles/preflight/checks.py): those not asked, and those that never block.
PREFLIGHT_OFF = environment.words("PREFLIGHT_OFF")
PREFLIGHT_WARN_ONLY = environment.words("PREFLIGHT_WARN_ONLY")

# Days after which a story list without a new story is called stale (0: never), and the hour of the newsroom's morning
# at which list editors are told of the problems of the next 24 hours (24: never).
LIST_STALE_AFTER = environment.number("LIST_STALE_AFTER", 7)
LIST_REPORT_HOUR = environment.number("LIST_REPORT_HOUR", 7)

# Mail: digests of what colleagues were told, and nothing else. Without a server, all of it stays on the desk.
MAILERS = environment.mailers(environment.text("EMAIL_URL", "console:" if ON_OWN_MACHINE else ""))
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"newsroom@{urlsplit(SITE_URL).hostname or 'localhost'}")
# Minutes that something waits to be seen on the desk before it is mailed.
DIGEST_AFTER = environment.number("DIGEST_AFTER", 30)
# The newsroom's own cache in front of the site, told which pages changed (articles/actions/boundary_effects).
PURGE_URL = environment.web_address("PURGE_URL")
# With it, a program that watches the site may read the next boundaries in /health/.
HEALTH_TOKEN = environment.text("HEALTH_TOKEN")

# ckeditor.W001 says that CKEditor 4 is unmaintained; SECURITY.md says why no known issue of it is reachable here.
# mail.W001 says that there is no mail server: a newsroom may do without, and then nothing is mailed.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001", "mail.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
}
