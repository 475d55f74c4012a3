"""What the local site publishes: hosts with feeds, sitemaps, tag pages, robots and articles on and off the topic."""

from __future__ import annotations

from pathlib import Path

from local_site import LocalSite, Page

REGIONS = ("Kabupaten Mempawah", "Kabupaten Bungo", "Kota Pontianak", "Kabupaten Sambas", "Kabupaten Sanggau")


def article(title: str, rate: str, region: str, address: str, extra: str = "") -> str:
    """A page with one coverage rate, and the furniture that pages have."""
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - Kabar</title>
<link rel="canonical" href="{address}"><meta property="article:published_time" content="2026-11-20T08:00:00+07:00">
<meta property="og:title" content="{title}"></head><body><nav><a href="/">Beranda</a> <a href="/login">Masuk</a></nav>
<article><h1>{title}</h1>
<p>Cakupan kepesertaan BPJS Ketenagakerjaan di {region} mencapai {rate} persen per Oktober 2026, kata kepala dinas
tenaga kerja setempat dalam rapat koordinasi di kantor bupati.</p>
<p>Pemerintah daerah berharap perlindungan pekerja rentan terus meluas hingga ke desa, dan mengajak para pemberi
kerja mendaftarkan seluruh pekerjanya tanpa kecuali pada tahun ini.</p>{extra}</article>
<footer>Hak cipta redaksi</footer></body></html>"""


class Publisher:
    """One host of the site, with its lists kept in step with its articles."""

    def __init__(self, site: LocalSite, host: str, kind: str, articles: int) -> None:
        self.site = site
        self.host = host
        self.kind = kind
        self.lines: list[tuple[str, str, str]] = []
        site.add(host, "/robots.txt", Page(b"User-agent: *\nDisallow: /rahasia", "text/plain"))
        for number in range(articles):
            self.publish(number)
            self.publish(number, topic=False)
        self.relist()

    def path(self, number: int, *, topic: bool = True) -> str:
        return (
            f"/berita/{1000 + number}/{'jamsostek' if topic else 'sepak-bola'}-{self.host.partition('.')[0]}-{number}"
        )

    def publish(self, number: int, rate: str | None = None, *, topic: bool = True, when: str = "2026-11-20") -> None:
        path = self.path(number, topic=topic)
        title = f"Cakupan Jamsostek {self.host} naik {number}" if topic else f"Hasil sepak bola {number}"
        rate = rate or f"{30 + number % 60},{number % 10}1"
        region = REGIONS[number % len(REGIONS)]
        self.site.add(self.host, path, article(title, rate, region, self.site.address(self.host, path)))
        self.lines = [line for line in self.lines if line[0] != path]
        self.lines.append((path, title, f"{when}T08:00:00+07:00"))

    def relist(self) -> None:
        links = [(self.site.address(self.host, path), title, when) for path, title, when in self.lines]
        if self.kind == "feed":
            items = "".join(
                f"<entry><title>{title}</title><link href='{link}?utm_source=rss'/><updated>{when}</updated></entry>"
                for link, title, when in links
            )
            feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{items}</feed>"
            self.site.add(self.host, "/feed", Page(feed.encode(), "application/atom+xml"))
        elif self.kind == "sitemap":
            urls = "".join(f"<url><loc>{link}</loc><lastmod>{when}</lastmod></url>" for link, _, when in links)
            self.site.add(self.host, "/map.xml", Page(f"<urlset>{urls}</urlset>".encode(), "text/xml", packed=True))
            index = (
                f"<sitemapindex><sitemap><loc>{self.site.address(self.host, '/map.xml')}</loc></sitemap></sitemapindex>"
            )
            self.site.add(self.host, "/feed", Page(index.encode(), "text/xml"))
        else:
            rows = "".join(f"<h3><a href='{link.replace('www.', '')}/amp'>{title}</a></h3>" for link, title, _ in links)
            self.site.add(self.host, "/feed", f"<html><a href='/tentang'>Tentang</a>{rows}</html>")

    def describe(self, name: str, **more: object) -> str:
        """Its lines in a file of sources."""
        address = self.site.address(self.host, "/feed")
        lists = {
            "feed": f'feeds: ["{address}"]',
            "sitemap": f'sitemaps: ["{address}"]',
            "listing": f'listings: [{{address: "{address}", links: "h3 a"}}]',
        }[self.kind]
        rest = "".join(f", {key}: {value}" for key, value in more.items())
        return f"  - {{id: {name}, name: {name}, delay: 0, connections: 2, {lists}{rest}}}\n"


def write_sources(path: Path, *described: str) -> Path:
    """A file of sources for the local site."""
    path.write_text("contact: uji@contoh.example\ntopic: [Jamsostek]\nsources:\n" + "".join(described))
    return path
