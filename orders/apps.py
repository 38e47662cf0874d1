from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Pesanan")

    def ready(self):
        from exhibitors.dashboard import register_tab
        from orders.views.inbox import waiting

        register_tab("orders", _("Pesanan"), "receipt", "orders:inbox", order=30, badge=waiting)
