from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Permintaan")

    def ready(self):
        from accounts.queues import register_queue
        from catalog.product_sections import register_fact, register_section
        from catalog.seller_facts import register_seller_fact
        from exhibitors.dashboard import register_figure, register_tab, register_todos
        from inquiries import replies
        from inquiries.product_page import questions_section, reply_fact
        from inquiries.queries import unanswered
        from inquiries.todos import inquiry_figure, inquiry_todos, open_inquiries

        register_tab("inquiries", _("Permintaan"), "mail", "inquiries:inbox", order=40, badge=unanswered)
        register_fact("reply-time", 30, reply_fact)
        register_seller_fact(replies.NAME, replies.reply_seconds)
        register_section("questions", 20, questions_section)
        register_todos("inquiries", inquiry_todos)
        register_figure("inquiries", 30, inquiry_figure)
        register_queue(
            "inquiries",
            _("Permintaan belum dijawab"),
            permission="inquiries.view_inquiry",
            url_name="admin:inquiries_inquiry_changelist",
            query="state__exact=open&imported__exact=0&o=1",
            order=40,
            load=open_inquiries,
        )
