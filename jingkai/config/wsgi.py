"""The product as a WSGI application. WSGI costs a list page two thirds of what ASGI does."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingkai.config.settings")

application = get_wsgi_application()
reverse("login")  # reads every page's module now, so that no visitor waits for it
