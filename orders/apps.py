from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Pesanan")

    def ready(self):
        from exhibitors.twins import register_twins
        from orders import receivers  # noqa: F401 (registers itself)
        from orders.domain.payable import register_ways
        from orders.twins import same_merchant_number

        register_ways()
        register_dashboard()
        register_queues()
        register_money_queues()
        register_twins("nmid", _("NMID yang sama"), same_merchant_number)
        register_product_page()


def register_dashboard() -> None:
    from exhibitors.dashboard import register_figure, register_tab, register_todos
    from exhibitors.steps import register_step
    from orders.desk_home import desk_todos, desk_waiting
    from orders.home import order_todos, orders_figure, payment_progress, payment_todos, turnover_figure
    from orders.reported_home import reported_returned, reported_todos
    from orders.views.inbox import waiting

    register_tab("orders", _("Pesanan"), "receipt", "orders:inbox", order=30, badge=waiting)
    register_tab("desk", _("Kasir"), "cash", "orders:desk", order=35, badge=desk_waiting)
    register_tab("reported", _("Penjualan lain"), "plus", "orders:reported-sales", order=45, badge=reported_returned)
    register_tab("shipping", _("Ongkos kirim"), "box", "orders:shipping", order=70)
    register_tab("payments", _("Cara dibayar"), "cash", "orders:payment-settings", order=72)
    register_tab("vouchers", pgettext_lazy("semuanya", "Voucher"), "cash", "orders:vouchers", order=75)
    register_figure("turnover", 10, turnover_figure)
    register_figure("orders", 20, orders_figure)
    register_todos("orders", order_todos)
    register_todos("payment", payment_todos)
    register_todos("desk", desk_todos)
    register_todos("reported", reported_todos)
    register_step(
        "payment",
        _("Rekening atau QRIS"),
        order=70,
        load=payment_progress,
        url_name="orders:payment-settings",
        fields=("payment",),
        owner_only=True,
    )


def register_queues() -> None:
    """What staff look at first."""
    from accounts.queues import register_queue
    from orders.queries import proofs_waiting, reports_waiting

    register_queue(
        "proofs",
        _("Bukti transfer belum diperiksa peserta"),
        permission="orders.view_order",
        url_name="admin:orders_order_changelist",
        query="payments__state__exact=proof_submitted",
        order=60,
        load=proofs_waiting,
    )
    register_queue(
        "reported-sales",
        _("Penjualan yang dilaporkan peserta"),
        permission="orders.change_reportedsale",
        url_name="admin:orders_reportedsale_changelist",
        query="state__exact=waiting&o=1",
        order=50,
        load=reports_waiting,
    )


def register_money_queues() -> None:
    """What is not right with the ways to be paid."""
    from accounts.queues import register_queue
    from orders.queries import gateway_problems, twin_codes

    register_queue(
        "gateway-problems",
        _("Pembayaran Midtrans yang bermasalah (30 hari)"),
        permission="orders.view_gatewaycharge",
        url_name="admin:orders_gatewaycharge_changelist",
        query="problem__gt=",
        order=66,
        load=gateway_problems,
    )
    register_queue(
        "qris-twins",
        _("QRIS dengan NMID kembar"),
        permission="orders.change_qriscode",
        url_name="admin:orders_qriscode_changelist",
        query="periksa=kembar",
        order=65,
        load=twin_codes,
    )


def register_product_page() -> None:
    from catalog.product_sections import register_fact
    from catalog.seller_facts import register_seller_fact
    from orders import product_page

    register_fact("deposit", 5, product_page.deposit_fact)
    register_fact("shipping", 10, product_page.shipping_fact)
    register_seller_fact(product_page.LOWEST_FEE, product_page.lowest_fee)
    register_seller_fact(product_page.DEPOSIT_RULE, product_page.deposit_rule)
