from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Katalog")

    def ready(self):
        from accounts.queues import register_queue
        from catalog import receivers  # noqa: F401 (registers itself)
        from catalog.dashboard.reviews import review_todos
        from catalog.dashboard.todos import product_todos
        from catalog.product_sections import register_section
        from catalog.queues import proposed_changes, submitted_products
        from catalog.reviews import reviews_section
        from exhibitors.dashboard import register_tab, register_todos

        register_tab("products", _("Produk"), "box", "catalog:dashboard-products", order=10)
        register_tab("reviews", _("Ulasan"), "chat", "catalog:dashboard-reviews", order=50)
        register_tab("readiness", _("Kesiapan"), "chart", "catalog:dashboard-readiness", order=79)
        register_todos("products", product_todos)
        register_todos("reviews", review_todos)
        register_section("reviews", 10, reviews_section)
        register_queue(
            "products",
            _("Produk menunggu kurasi"),
            permission="catalog.change_product",
            url_name="admin:catalog_product_changelist",
            query="state__exact=submitted&o=8",
            start="admin:catalog_product_batch",
            order=20,
            load=submitted_products,
        )
        register_queue(
            "changes",
            _("Usulan perubahan produk"),
            permission="catalog.change_productchange",
            url_name="admin:catalog_productchange_changelist",
            query="state__exact=waiting&product__state__exact=approved",
            start="admin:catalog_productchange_next",
            order=30,
            load=proposed_changes,
        )
