from django.urls import path, register_converter

from inquiries.views import asking, inbox, questions
from orders.converters import TokenConverter

register_converter(TokenConverter, "inquiry_token")

app_name = "inquiries"
urlpatterns = [
    path("stan/<slug:edition>/<slug:booth>/tanya/", asking.ask_booth, name="booth"),
    path("produk/<slug:slug>/tanya/", asking.ask_product, name="product"),
    path("permintaan/<inquiry_token:token>/", asking.inquiry, name="inquiry"),
    path("permintaan/<inquiry_token:token>/penarikan/", asking.consent_withdrawal, name="consent-withdrawal"),
    path("produk/<slug:product>/pertanyaan/", questions.questions, name="questions"),
    path("dasbor/permintaan/", inbox.inbox, name="inbox"),
    path("dasbor/permintaan/<int:pk>/", inbox.inbox_inquiry, name="inbox-inquiry"),
]
