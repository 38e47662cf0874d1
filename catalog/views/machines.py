"""What crawlers ask for: robots.txt and the sitemap."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Max
from django.db.models.functions import Greatest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from catalog.addresses import booth_url, category_url, edition_url, hall_url, product_url
from catalog.models import Category
from catalog.queries.booths import open_booths
from catalog.queries.matching import shown_products
from expo.models import Edition, Hall
from expo.public import public_page

PRIVATE = ("/admin/", "/akun/", "/dasbor/", "/keranjang/", "/pembelian/", "/pesanan/", "/laporan/")


@public_page(fresh=3600, shared=86400)
def robots(request):
    lines = ["User-agent: *"]
    for prefix in ("", "/en"):
        lines += [f"Disallow: {prefix}{path}" for path in PRIVATE]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('catalog:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class Pages(Sitemap):
    """One section: rows of values (the last: when it changed), an address made of each, in both languages."""

    i18n = alternates = x_default = True
    limit = 5000

    @cached_property
    def rows(self):
        """Read once: the index asks for their number and for the newest."""
        return self.read()

    def items(self):
        return self.rows

    @property
    def protocol(self):
        return settings.SITE_URL.split(":")[0]

    def location(self, item):
        return self.address(*item[:-1])

    def lastmod(self, item):
        # With i18n Django hands over (item, language).
        item = item[0] if isinstance(item[0], tuple) else item
        return item[-1]


class Fixed(Pages):
    def read(self):
        names = ("catalog:lobby", "catalog:directory", "catalog:categories", "catalog:search")
        return [(name, None) for name in names]

    def address(self, name):
        return reverse(name)


class Editions(Pages):
    def read(self):
        return list(Edition.objects.order_by("pk").values_list("slug", changed("booths__")))

    def address(self, slug):
        return edition_url(slug)


class Halls(Pages):
    def read(self):
        return list(Hall.objects.order_by("pk").values_list("slug", changed("booths__")))

    def address(self, slug):
        return hall_url(slug)


class Categories(Pages):
    def read(self):
        latest = Greatest(Max("products__updated_at"), Max("children__products__updated_at"))
        return list(Category.objects.order_by("pk").values_list("slug", latest))

    def address(self, slug):
        return category_url(slug)


class Booths(Pages):
    def read(self):
        return list(open_booths().order_by("pk").values_list("edition__slug", "slug", changed("")))

    def address(self, edition, slug):
        return booth_url(edition, slug)


class Products(Pages):
    def read(self):
        return list(shown_products(timezone.now()).order_by("pk").values_list("slug", "updated_at"))

    def address(self, slug):
        return product_url(slug)


def changed(to_booth: str) -> Greatest:
    """When what stands in booths changed last: something was put there, or one of the products changed."""
    placements = f"{to_booth}placements__"
    return Greatest(Max(f"{placements}shown_from"), Max(f"{placements}product__updated_at"))


SECTIONS = {
    "lobi": Fixed,
    "pameran": Editions,
    "aula": Halls,
    "kategori": Categories,
    "stan": Booths,
    "produk": Products,
}


@public_page(fresh=3600, shared=86400)
def sitemap_index(request):
    return sitemap_views.index(request, SECTIONS, sitemap_url_name="catalog:sitemap-section").render()


@public_page(fresh=3600, shared=86400)
def sitemap_section(request, section):
    return sitemap_views.sitemap(request, SECTIONS, section=section).render()
