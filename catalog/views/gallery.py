"""Every component in every variant on one page, in the demonstration only."""

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from catalog.plan import draw_plan
from expo.public import public_page


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama penerima", max_length=60)
    note = forms.CharField(label="Catatan", required=False, help_text="Untuk penjual.", widget=forms.Textarea)
    amount = forms.IntegerField(label="Jumlah", min_value=1)
    way = forms.ChoiceField(
        label="Cara terima", choices=[("a", "Dikirim"), ("b", "Diambil di stan")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Saya sudah memeriksa pesanan ini")


@public_page
def gallery(request):
    if not settings.DEMO:
        raise Http404
    card = {
        "url": "#", "name": "Kain batik tulis motif kawung pewarna alam soga jambal", "price": "Rp1.250.000",
        "photo": "", "number": "A12", "place": "Batik Wati · Kota Pekalongan",
        "was": "Rp1.500.000", "is_range": True, "stars": (57, 12), "badges": [("sale", "−17%"), ("highlight", "Baru")],
    }  # fmt: skip
    booth = {"pk": 1, "url": "#", "number": "A12", "name": "Batik Wati", "place": "UKM · Kota Pekalongan", "photos": []}
    stands = [
        {**booth, "pk": n, "number": f"A{n:02}", "slug": f"s{n}", "column": n % 8, "row": n // 8} for n in range(24)
    ]
    context = {
        "cards": [
            card,
            {**card, "was": "", "is_range": False, "stars": (0, 0), "badges": [("", "Habis")]},
            {**card, "was": "", "badges": []},
        ],
        "booths": [booth, {**booth, "number": "B3", "name": "Koperasi Produsen Kopi Lereng Muria"}],
        "plan": draw_plan(stands, "s9"),
        "empty_form": SampleForm(),
        "wrong_form": SampleForm({"amount": "nol"}),
        "now": timezone.now(),
        "kinds": ["", "success", "warning", "danger"],
    }
    return render(request, "catalog/gallery.html", context)
