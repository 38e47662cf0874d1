"""Everything that is printed in a recap, as texts: the layout in reports/paper/*.typ only places them."""

import dataclasses
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from expo import formats
from reports.annex import Annex
from reports.charts import day_chart, hour_chart
from reports.envelope import SUPERSEDED, WITHDRAWN, Envelope
from reports.figures import Figures
from reports.labels import (
    concentration_meaning,
    concentration_whole,
    definitions,
    duration,
    edition_names,
    measure_names,
)
from reports.letterhead import Letterhead, letterhead_of
from reports.periods import periods
from reports.quote import quotable_sentence, recap_name
from reports.renderers import paper_tables as tables
from reports.renderers.annex import annex_part


def build_paper(
    figures: Figures,
    envelope: Envelope | None,
    language: str,
    letterhead: Letterhead | None = None,
    annex: Annex | None = None,
    theme: str | None = None,
) -> dict[str, Any]:
    """The document's content for the layout, in `language`; `envelope` None means not sealed. `theme` is that of the
    edition in this language, else it is printed as it was sealed."""
    with translation.override(language):
        words = _Words(figures, envelope, language)
        return {
            "language": language,
            "title": words.title(),
            "keywords": words.keywords(),
            "letterhead": dataclasses.asdict(letterhead or letterhead_of(figures)),
            "heading": _("Rekapitulasi Transaksi"),
            "theme": _theme(figures) if theme is None else theme,
            "notice": words.notice(),
            "watermark": "" if words.stands else words.stamp(),
            "facts": words.facts(),
            "hero": words.hero(),
            "cards": words.cards(),
            "evidence": tables.evidence_table(figures),
            "concentration": words.concentration(),
            "quote": words.quote(),
            "check": words.check(),
            "signature": words.signature(),
            "charts": words.charts(),
            "tables": tables.printed_tables(figures, language),
            "visits": tables.visit_parts(figures, language),
            "inquiries": tables.inquiry_parts(figures, language),
            "others": tables.other_facts(figures, language),
            "bridge": tables.bridge_part(figures, language),
            "comparison": tables.comparison_part(figures, language),
            "annex": annex_part(annex, language) if annex else None,
            "verification": words.verification(),
            "footer": words.footer(),
            "headings": _headings(),
        }


def _theme(figures: Figures) -> str:
    return figures.editions[0].theme if len(figures.editions) == 1 else ""


def _headings() -> dict[str, str]:
    return {
        "charts": _("Grafik"),
        "tables": _("Tabel omzet dan pesanan"),
        "shares": _("Persentase dipotong, tidak dibulatkan ke atas."),
    }


class _Words:
    """The sentences of page 1 and of the last page. Used inside one language."""

    def __init__(self, figures: Figures, envelope: Envelope | None, language: str):
        self.figures, self.envelope, self.language = figures, envelope, language
        self.editions = edition_names(figures, language)

    @property
    def stands(self) -> bool:
        """Sealed, neither superseded nor withdrawn, and nothing of it in doubt."""
        envelope = self.envelope
        return envelope is not None and envelope.state not in (SUPERSEDED, WITHDRAWN) and not envelope.in_doubt

    def title(self) -> str:
        number = recap_name(self.envelope) if self.envelope else _("belum disegel")
        return _("Rekapitulasi transaksi %(editions)s – %(number)s") % {
            "editions": self.editions,
            "number": number,
        }

    def keywords(self) -> list[str]:
        if not self.envelope:
            return []
        return [self.envelope.number, self.envelope.code, f"sha256:{self.envelope.sha256}"]

    def stamp(self) -> str:
        if self.envelope is None:
            return _("BELUM DISEGEL")
        if self.envelope.in_doubt:
            return _("SEDANG DIPERIKSA")
        return _("DITARIK") if self.envelope.state == WITHDRAWN else _("DIGANTIKAN")

    def notice(self) -> str:
        if self.stands:
            return ""
        if self.envelope is None:
            return _("BELUM DISEGEL – angka sementara untuk dibaca sendiri, tidak untuk dikutip.")
        if self.envelope.state == WITHDRAWN:
            return _("DITARIK – rekap ini tidak berlaku dan tidak boleh dikutip.")
        if self.envelope.in_doubt:
            return _("SEDANG DIPERIKSA – hitung ulang memberi angka lain; jangan dikutip dahulu.")
        return _("DIGANTIKAN – rekap ini telah digantikan oleh %(number)s.") % {
            "number": self.envelope.superseded_by or "…"
        }

    def facts(self) -> list[list[str]]:
        cutoff = self.figures.cutoff
        occurred = formats.wib(cutoff.occurred, self.language, weekday=True)
        recorded = formats.wib(cutoff.recorded, self.language, weekday=True)
        state = _("s.d. %(occurred)s,\nsebagaimana tercatat s.d. %(recorded)s")
        if self.figures.since:
            state = _("dari %(since)s\ns.d. %(occurred)s,\nsebagaimana tercatat s.d. %(recorded)s")
        since = formats.wib(self.figures.since, self.language, weekday=True) if self.figures.since else ""
        facts = [
            [_("Nomor"), recap_name(self.envelope) if self.envelope else _("– (belum disegel)")],
            [_("Perihal"), _("Rekapitulasi transaksi %(editions)s") % {"editions": self.editions}],
            [_("Keadaan"), state % {"occurred": occurred, "recorded": recorded, "since": since}],
        ]
        if self.envelope:
            sealed = formats.wib(self.envelope.sealed_at, self.language)
            by = self.envelope.sealed_by
            facts.append([_("Disegel"), f"{sealed} ({by})" if by else sealed])
        return facts

    def hero(self) -> dict[str, str]:
        total = self.figures.realised.total
        return {
            "label": _("Omzet (transaksi terbayar)"),
            "amount": formats.rupiah(total),
            "words": _("%(words)s rupiah") % {"words": formats.terbilang(total)},
            "definition": definitions(period=bool(self.figures.since))["realised"],
            "parts": _("%(count)s transaksi: penjualan langsung %(direct)s, pembayaran atas pesanan %(orders)s.")
            % {
                "count": formats.number(self.figures.realised.transactions),
                "direct": formats.rupiah(self.figures.realised.direct),
                "orders": formats.rupiah(self.figures.realised.on_orders),
            },
        }

    def cards(self) -> list[dict[str, str]]:
        figures = self.figures
        names, meaning = measure_names(), definitions(period=bool(figures.since))
        value = _("Omzet %(realised)s + pesanan %(committed)s.") % {
            "realised": formats.rupiah(figures.realised.total),
            "committed": formats.rupiah(figures.committed.total),
        }
        money = [
            _card(names["committed"], formats.rupiah(figures.committed.total), meaning["committed"]),
            _card(names["transaction_value"], formats.rupiah(figures.transaction_value.total), value),
            _card(names["potential"], formats.rupiah(figures.potential.total), meaning["potential"]),
            _card(names["financing"], formats.rupiah(figures.financing.total), meaning["financing"]),
        ]
        return [*money, self._visits(), self._inquiries(), self._products(), self._participants()]

    def _visits(self) -> dict[str, str]:
        visits = self.figures.visits
        note = _("Kunjungan ke situs; berakhir sesudah 30 menit tanpa kegiatan. Bot dan petugas tidak dihitung.")
        if visits.unique_total is not None:
            note += " " + _("Pengunjung unik: %(count)s (±%(error)s).") % {
                "count": formats.number(visits.unique_total),
                "error": formats.percent(visits.unique_error_bp),
            }
        return _card(_("Kunjungan"), formats.number(visits.visits), note)

    def _inquiries(self) -> dict[str, str]:
        inquiries = self.figures.inquiries
        note = _("Pertanyaan pembeli kepada peserta; %(answered)s sudah dijawab.") % {
            "answered": formats.number(inquiries.answered)
        }
        if inquiries.median_first_answer_minutes is not None:
            note += " " + _("Separuh dijawab dalam %(duration)s.") % {
                "duration": duration(inquiries.median_first_answer_minutes, self.language)
            }
        return _card(_("Permintaan informasi"), formats.number(inquiries.sent), note)

    def _products(self) -> dict[str, str]:
        products = self.figures.products
        note = _("Dipajang. Terjual: %(sold)s macam produk, %(units)s unit.") % {
            "sold": formats.number(products.sold),
            "units": formats.number(products.units),
        }
        return _card(_("Produk"), formats.number(products.on_show), note)

    def _participants(self) -> dict[str, str]:
        people = self.figures.participants
        note = _("%(ukm)s UKM dan %(koperasi)s koperasi dari %(regencies)s kabupaten/kota.") % {
            "ukm": formats.number(people.ukm),
            "koperasi": formats.number(people.koperasi),
            "regencies": formats.number(people.regencies),
        }
        return _card(_("Peserta"), formats.number(people.exhibitors), note)

    def concentration(self) -> dict[str, Any]:
        concentration, whole = self.figures.concentration, concentration_whole(self.figures)
        sentences = []
        for share, sentence in (
            (
                concentration.transaction,
                _("Transaksi terbesar (%(label)s) %(amount)s, %(share)s dari %(whole)s."),
            ),
            (
                concentration.exhibitor,
                _("Peserta terbesar (%(label)s) %(amount)s, %(share)s dari %(whole)s."),
            ),
        ):
            if share:
                sentences.append(
                    sentence
                    % {
                        "label": share.label,
                        "amount": formats.rupiah(share.amount),
                        "share": formats.percent(share.share_bp),
                        "whole": whole,
                    }
                )
        if concentration.flagged:
            verdict = _("Perhatian: lebih dari sepertiga %(whole)s bertumpu pada satu transaksi atau satu peserta.")
        elif sentences:
            verdict = _("Tidak ada satu transaksi atau satu peserta pun yang melebihi sepertiga %(whole)s.")
        else:
            verdict = _("Belum ada transaksi.")
        meaning = [concentration_meaning(self.figures)] if sentences and self.figures.since else []
        return {
            "title": _("Pemusatan"),
            "flagged": concentration.flagged,
            "text": " ".join([verdict % {"whole": whole}, *sentences, *meaning]),
        }

    def quote(self) -> dict[str, str] | None:
        if not self.stands:
            return None
        return {
            "title": _("Kalimat yang dapat dikutip"),
            "text": quotable_sentence(self.figures, self.envelope, self.language),
        }

    def check(self) -> dict[str, str] | None:
        if not self.envelope:
            return None
        return {
            "qr": qr_svg(self.envelope.url),
            "alt": _("Kode QR ke halaman verifikasi %(url)s") % {"url": self.envelope.url},
            "label": _("Kode verifikasi"),
            "code": self.envelope.code,
        }

    def signature(self) -> dict[str, str] | None:
        if not self.envelope or not self.envelope.signatory.name:
            return None
        signatory = self.envelope.signatory
        place = ", ".join(
            part for part in (self.envelope.city, formats.tanggal(self.envelope.sealed_at, self.language)) if part
        )
        return {
            "place": place,
            "acknowledged": _("Mengetahui,"),
            "title": signatory.title,
            "name": signatory.name,
            "nip": _("NIP %(nip)s") % {"nip": signatory.nip} if signatory.nip else "",
        }

    def charts(self) -> list[dict[str, str]]:
        names = {10: _("Omzet per hari"), 7: _("Omzet per bulan"), 4: _("Omzet per tahun")}
        shown = periods(self.figures.tables.day, self.language)
        length = max((len(period.key) for period in shown), default=10) or 10
        return [
            {"title": title, "svg": svg, "alt": tables.chart_alt(title, svg)}
            for title, svg in (
                (names[length], day_chart(self.figures, self.language)),
                (_("Omzet per jam (WIB)"), hour_chart(self.figures, self.language)),
            )
        ]

    def verification(self) -> dict[str, Any]:
        steps = [
            _(
                "Setiap rupiah di atas adalah jumlah catatan jurnal yang hanya dapat ditambah, tidak dapat "
                "diubah atau dihapus."
            ),
            _(
                "Pembatalan, pengembalian dana, dan koreksi adalah catatan baru; jembatan menunjukkan "
                "bedanya dengan rekap sebelumnya."
            ),
        ]
        if not self.envelope:
            return {
                "title": _("Cara memeriksa"),
                "steps": [
                    *steps,
                    _("Rekap ini belum disegel: belum bernomor, belum berkode, belum dapat diperiksa."),
                ],
                "facts": self._counting_facts(),
            }
        steps += [
            _("Pindai kode QR di halaman pertama atau buka %(url)s, lalu bandingkan angka, batas waktu, dan kodenya.")
            % {"url": self.envelope.url},
            _("Halaman itu juga menunjukkan apakah rekap ini berlaku, telah digantikan, atau ditarik."),
            _(
                "SHA-256 di bawah ini dihitung dari berkas angka (JSON kanonis) rekap ini; siapa pun yang memegang "
                "berkas itu dapat menghitungnya kembali. Mata rantai mengikat segel ini pada segel sebelumnya."
            ),
        ]
        facts = [
            *self._counting_facts(),
            [_("SHA-256 angka"), self.envelope.sha256],
            [_("SHA-256 segel sebelumnya"), self.envelope.previous_sha256 or _("– (segel pertama)")],
            [_("Mata rantai"), self.envelope.chain_sha256],
        ]
        return {"title": _("Cara memeriksa"), "steps": steps, "facts": facts}

    def _counting_facts(self) -> list[list[str]]:
        return [
            [_("Catatan jurnal"), formats.number(self.figures.entries)],
            [_("Versi aturan"), f"{self.figures.rules} ({self.figures.schema})"],
        ]

    def footer(self) -> dict[str, str]:
        if self.envelope:
            left = _("Rekap %(number)s · kode %(code)s") % {
                "number": recap_name(self.envelope),
                "code": self.envelope.code,
            }
        else:
            left = _("BELUM DISEGEL – tidak untuk dikutip")
        return {"left": left, "page": _("Halaman {page} dari {pages}")}


def qr_svg(address: str) -> str:
    """The address as a QR code: SVG without a size of its own, medium error correction."""
    return segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)


def _card(label: str, value: str, note: str) -> dict[str, str]:
    return {"label": label, "value": value, "note": note}
