"""Settings in one file. Values come from the environment; docs/production.md lists every one.

Without DATABASE_URL and REDIS_URL the embedded services of the checkout are used, and the site is
the demonstration. With them it is a server, and refuses to start with an insecure value.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from expo import queues
from expo.env import Environment, celery_url
from expo.runtime.paths import checkout_layout
from expo.runtime.postgres import DATABASE, USER
from expo.runtime.secret import demonstration_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

DEMO = not env.text("DATABASE_URL") and not env.text("REDIS_URL")
DEBUG = False

# --- What differs between the demonstration and a server ---------------------------------------

PORT = env.number("PORT", 8000, least=1, most=65535)

if DEMO:
    services = SERVICES_LAYOUT = checkout_layout(BASE_DIR)
    SECRET_KEY = demonstration_key(services)
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    opened_at = None if env.text("PORT") else services.last_address()
    SITE_URL = env.text("SITE_URL", opened_at or f"http://localhost:{PORT}").rstrip("/")
    database = {"NAME": DATABASE, "USER": USER, "HOST": str(services.sockets), "OPTIONS": {}}
    REDIS_URL = services.redis_url(0)
    CELERY_BROKER_URL = celery_url(services.redis_url(1))
    MEDIA_ROOT = services.state / "media"
    DELIVERY = {"backend": "django.core.mail.backends.dummy.EmailBackend"}
    DEFAULT_FROM_EMAIL = "UKM Virtual Expo <expo@localhost>"
else:
    SECRET_KEY = env.secret("SECRET_KEY")
    ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
    SITE_URL = env.site_url("SITE_URL")
    database = env.database("DATABASE_URL")
    REDIS_URL = env.store("REDIS_URL")
    CELERY_BROKER_URL = celery_url(env.store("QUEUE_URL", default=REDIS_URL))
    MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media")))
    DELIVERY = {"backend": "expo.smtp.Backend", **env.email("EMAIL_URL")}
    DEFAULT_FROM_EMAIL = env.required("DEFAULT_FROM_EMAIL", "give the sender's name and address")
    if env.flag("DEBUG", default=False):
        env.refuse("DEBUG", "must not be switched on: it shows settings and data to visitors")

# --- Applications ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "accounts.admin_config.ExpoAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "expo",
    "accounts",
    "exhibitors",
    "catalog",
    "journal",
    "orders",
    "inquiries",
    "visits",
    "reports",
    "demo",
]

MIDDLEWARE = [
    "expo.middleware.HealthMiddleware",
    "expo.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "expo.middleware.NullByteMiddleware",
    "expo.middleware.KeptByNobodyMiddleware",
    "csp.middleware.CSPMiddleware",
    "expo.middleware.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "expo.middleware.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "expo.urls"
WSGI_APPLICATION = "expo.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "expo.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "expo.templating.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["expo.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "expo.context.site",
            ],
        },
    }
]

# --- Database, store, queue --------------------------------------------------------------------

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **database,
        "CONN_HEALTH_CHECKS": True,  # a connection that the server dropped is replaced, not handed out
        "OPTIONS": {
            **database["OPTIONS"],
            # Statements are prepared where expo/prepared.py asks for it; with None that is not heard.
            "prepare_threshold": 1_000_000 if env.flag("DATABASE_PREPARED", default=True) else None,
            # A pool excludes CONN_MAX_AGE. Threads of a process share it.
            "pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL", 8, least=1), "timeout": 15},
        },
    }
}

CACHES = {"default": {"BACKEND": "expo.store.Cache", "LOCATION": REDIS_URL, "KEY_PREFIX": "expo"}}

CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A message that no worker has acknowledged for this long is delivered again.
    "visibility_timeout": 900,
    "global_keyprefix": "expo:queue:",
}
CELERY_TASK_IGNORE_RESULT = True
# A page must not wait for a queue that is down; the minute's tick finds what was not announced.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.2}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Jakarta"
# Which task is called when, and stands in which queue.
CELERY_TASK_QUEUES, CELERY_TASK_ROUTES = queues.QUEUES, queues.ROUTES
CELERY_TASK_DEFAULT_QUEUE = queues.QUICK
CELERY_BEAT_SCHEDULE = queues.SCHEDULE

# --- Orders ------------------------------------------------------------------------------------
# Until when a balance is to be paid, and after how long a parcel counts as received, in days.
BALANCE_DAYS = env.number("BALANCE_DAYS", 7, least=1, most=365)
RECEIVED_AFTER_DAYS = env.number("RECEIVED_AFTER_DAYS", 14, least=1, most=365)

# --- Journal -----------------------------------------------------------------------------------
# When each night (WIB) the rollups are compared with the entries.
ROLLUP_CHECK_TIME = env.clock("ROLLUP_CHECK_TIME", "03:00")

# --- Recaps on paper ---------------------------------------------------------------------------
# The letterhead: what stands above the office, the office itself (the organiser of the edition where it is empty), what
# stands beneath, and a picture. The paper is A4 or F4 (215 by 330 mm).
LETTERHEAD = {
    "parent": env.text("LETTERHEAD_PARENT", "Contoh · bukan surat dinas" if DEMO else ""),
    "office": env.text("LETTERHEAD_OFFICE"),
    "address": env.text("LETTERHEAD_ADDRESS"),
    "logo": env.picture("LETTERHEAD_LOGO", BASE_DIR / "expo/paper/sample-logo.svg" if DEMO else None),
}
RECAP_PAPER = env.choice("RECAP_PAPER", ("a4", "f4"))

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/dasbor/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "request_login_code": "accounts.forms_sign_in.SignInMailForm",
    "confirm_login_code": "accounts.forms_sign_in.SignInCodeForm",
}
# One password field, and none is needed: who leaves it empty or mistypes it signs in by mail.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
# A code typed into the page that is open; the link beside it (accounts.adapter) is for every other browser.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# Told by mail: a new password, another address, a second factor set up or removed.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Addresses are changed by whoever knows the password or has the second factor; who has neither signs in by mail only.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO else "https"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "UKM Virtual Expo"
# Staff and officials must have a second factor, except in the demonstration.
SECOND_FACTOR_REQUIRED = not DEMO

# --- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["expo.localised"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

# --- Files -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "expo.stylesheets.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(Path(MEDIA_ROOT).parent / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # photos of a product file; its form takes 200
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Mail --------------------------------------------------------------------------------------

# Whatever is sent becomes a row of OutgoingMail; tasks deliver the rows through DELIVERY.
EMAIL_BACKEND = "expo.mail.QueueBackend"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Payment gateway ---------------------------------------------------------------------------

# Off unless switched on. Exhibitors' merchant keys are sealed with the first of GATEWAY_KEYS.
GATEWAY = env.flag("GATEWAY", default=False)
GATEWAY_KEYS = env.fernet_keys("GATEWAY_KEYS", needed=GATEWAY)
# Whether pretended payments may confirm orders: never where buyers really buy.
GATEWAY_SANDBOX = env.flag("GATEWAY_SANDBOX", default=DEMO)
GATEWAY_OVER_HTTP = False  # tests alone talk to a gateway of their own
MIDTRANS = {
    "production": {
        "page_url": env.https("MIDTRANS_PAGE_URL", "https://app.midtrans.com"),
        "api_url": env.https("MIDTRANS_API_URL", "https://api.midtrans.com"),
    },
    "sandbox": {
        "page_url": "https://app.sandbox.midtrans.com",
        "api_url": "https://api.sandbox.midtrans.com",
    },
}

# --- Security ----------------------------------------------------------------------------------

TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 0 if DEMO else env.number("HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "expo.sessions"
# A server's cookies carry the prefix that browsers accept from this host over https alone.
SESSION_COOKIE_NAME = "sesi" if DEMO else "__Host-sesi"
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
CART_COOKIE_NAME = "cart" if DEMO else "__Host-cart"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        **({} if DEMO else {"upgrade-insecure-requests": True}),
    }
}

# --- Logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"discreet": {"()": "expo.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}

UNFOLD = {
    "SITE_TITLE": "UKM Virtual Expo",
    "SITE_HEADER": "UKM Virtual Expo",
    "SITE_SYMBOL": "storefront",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")},
    ],
    "STYLES": [lambda request: static("css/admin.css")],
    # No colours at all, or the theme writes an inline style, which our policy refuses; css/admin.css
    # sets them. (A plain empty dict would be filled with the theme's own.)
    "COLORS": lambda request: {},
}

env.finish()
