from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Katalog")

    def ready(self):
        from catalog import receivers  # noqa: F401 (registers itself)
        from catalog.dashboard.todos import product_todos
        from exhibitors.dashboard import register_tab, register_todos

        register_tab("products", _("Produk"), "box", "catalog:dashboard-products", order=10)
        register_todos("products", product_todos)
