"""Django's admin with our site; named in INSTALLED_APPS instead of django.contrib.admin."""

from django.contrib.admin.apps import AdminConfig


class ExpoAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.ExpoAdminSite"
