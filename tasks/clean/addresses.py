"""Addresses: the canonical one of an article, and those of its other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from tasks.clean.json_ld import address_of
from tasks.clean.page_head import PageHead
from tasks.clean.publishers import site_domain

_WAYBACK = re.compile(
    r"^https?://(?:web\.archive\.org/web|archive\.org/wayback)/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(
    r"^https?://(?:[\w-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?|www\.google\.[\w.]+/amp/(?:s/)?)", re.IGNORECASE
)
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|igshid|_ga|_gl|ref|ref_src|source|src|medium|campaign|share|"
    r"shared|from|tag_from|device|n_cid|feature|amp|outputtype|s|si|cmpid|ito|ncid|smid|spm|xtor|wt_mc|at_\w+|"
    r"jxconn|jxrelation|jx\w+|zarsrc|tblci|dicbo)$",
    re.IGNORECASE,
)
_PAGE_KEYS = frozenset({"page", "halaman", "hal", "p", "paged"})
_PAGE_SUFFIX = re.compile(r"(?:/(?:page/|hal/|halaman/)?(?:\d{1,2}|all)\b|/?\?[^\"'\s<>]{0,200})")
"""What stands behind an article's own path in a link to another page of it."""

_HOST_BEFORE = re.compile(r"(?:https?:)?//[^\s\"'<>/]+$")
_HOST_LENGTH = 120
_PAGE_QUERY = re.compile(r"\?(?:page|p|paged|hal|halaman)=\w{1,5}")
_VALUE_OPENERS = frozenset({'="', "='"})
_MOST_PAGES = 20
_MOST_LINKS = 3000
_MOST_PLACES = 20_000
_LEAST_LINKS = 10


def canonical_address(head: PageHead, source: str) -> str | None:
    """The address of the article itself: what the page names as canonical, else where it came from.

    A canonical address that is only the site's front page, as some templates have it, is not believed. None
    where neither the page nor its source tells an address.
    """
    origin = clean_address(source) if source.startswith(("http://", "https://")) else None
    stated = [head.link("canonical"), *(address_of(item) for item in head.articles), head.meta("og:url")]
    for address in stated:
        found = _absolute(address, origin)
        if found is not None and urlsplit(found).path.strip("/"):
            return found
    return origin


def names_front_page(head: PageHead) -> bool:
    """Whether a page names its site's front page as its canonical address."""
    try:
        parts = urlsplit(head.link("canonical") or "")
    except ValueError:
        return False
    return bool(parts.netloc) and not parts.path.strip("/")


def _absolute(address: str | None, origin: str | None) -> str | None:
    """A stated address in full and clean, or None for what is none."""
    if not address:
        return None
    try:
        found = urljoin(origin, address) if origin else address
        return clean_address(found) if urlsplit(found).scheme in {"http", "https"} and urlsplit(found).netloc else None
    except ValueError:
        return None


def clean_address(address: str) -> str | None:
    """An address without archive and AMP wrappers, mobile hosts, tracking parameters, page numbers and
    fragment.

    None for what cannot be read as an address.
    """
    address = _WAYBACK.sub("", address.strip())
    wrapped = _AMP_CACHE.match(address)
    if wrapped:
        address = "https://" + address[wrapped.end() :]
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return None
    if not host:
        return None
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if _keeps(key, value)]
    return urlunsplit(
        (parts.scheme.lower(), _desktop_host(host) + port, _article_path(parts.path), urlencode(query), "")
    )


def _keeps(key: str, value: str) -> bool:
    """Whether a parameter tells which article it is, not which page of it or where the reader came from."""
    return not _TRACKING.match(key) and not (
        key.lower() in _PAGE_KEYS and ((value.isdigit() and len(value) < 3) or value == "all")
    )


def _desktop_host(host: str) -> str:
    """A host without "m.", "amp." and the like in front."""
    labels = host.split(".")
    if len(labels) > 2 and labels[0] in {"m", "amp", "mobile", "wap", "touch"}:
        labels = labels[1:]
    return ".".join(labels)


def _site_host(host: str | None) -> str:
    """What the hosts of a site have in common that readers may reach an article by."""
    return _desktop_host(host or "").removeprefix("www.")


def _article_path(path: str) -> str:
    """A path without "/amp" at its ends, and without the doubled slashes that templates leave."""
    path = re.sub(r"(?<!:)/{2,}", "/", path)
    path = re.sub(r"/amp(?:/|\.html?)?$", "", path, flags=re.IGNORECASE)
    return re.sub(r"^/amp/", "/", path, flags=re.IGNORECASE)


def find_next_pages(html: str, head: PageHead, address: str | None) -> tuple[str, ...]:
    """The addresses of the article's other pages, in page order; only the one with all pages where there is one."""
    if address is None:
        return ()
    path = urlsplit(address).path.rstrip("/")
    links = list(head.links.get("next", ()))
    queries = _PAGE_QUERY.finditer(html)
    links += [match.group() for match in queries if html[match.start() - 2 : match.start()] in _VALUE_OPENERS]
    if path:
        links += islice(_links_behind(html, path), _MOST_LINKS)
    joined = (_join(address, unescape(link)) for link in dict.fromkeys(links[:_MOST_LINKS]))
    known = [page for page in joined if page is not None]
    first = "0" if any(_page_number(page) == "0" for page in known) else "1"
    pages = [page for page in known if _is_other_page(page, address, first)]
    whole = [page for page in pages if re.search(r"[=/](?:all|semua)/?$", page)]
    return tuple(whole[:1] or dict.fromkeys(pages[:_MOST_PAGES]))


def _links_behind(html: str, path: str) -> Iterator[str]:
    """The links of a page that go on behind an article's own path as links to another page of it do."""
    end = 0
    for _ in range(_MOST_PLACES):
        place = html.find(path, end)
        if place < 0:
            return
        end = place + len(path)
        suffix = _PAGE_SUFFIX.match(html, end)
        if suffix is not None:
            yield _host_before(html, place) + path + suffix.group()
            end = suffix.end()


def _host_before(html: str, place: int) -> str:
    """The scheme and host that stand right before a place, empty where none does."""
    host = _HOST_BEFORE.search(html[max(place - _HOST_LENGTH, 0) : place])
    return host.group() if host else ""


def _join(address: str, link: str) -> str | None:
    """A link in full, with the host of the address where it leads to the same site; None for what is no link."""
    try:
        own, found = urlsplit(address), urlsplit(urljoin(address, link))
        same = _site_host(found.hostname) == _site_host(own.hostname)
    except ValueError:
        return None
    return urlunsplit((own.scheme, own.netloc, found.path, found.query, "")) if same else None


def linked_site(page: LexborHTMLParser) -> str | None:
    """The front page of the site that most links of a page lead to, which is its own; None where links are few."""
    links = page.css('a[href^="http"]')[:_MOST_LINKS]
    domains = Counter(domain for node in links if (domain := site_domain(node.attributes.get("href"))))
    for domain, count in domains.most_common(1):
        if count >= _LEAST_LINKS:
            return f"https://{domain}/"
    return None


def _page_number(link: str) -> str | None:
    """The number of a page in a link's parameters."""
    return next((value for key, value in parse_qsl(urlsplit(link).query) if key in _PAGE_KEYS), None)


def _is_other_page(link: str, address: str, first: str = "1") -> bool:
    """Whether a link leads to another page of the same article: the same path with a page number or "all".

    ``first`` is the number of the page itself; some sites count from 0.
    """
    own, other = urlsplit(address), urlsplit(link)
    path = other.path.rstrip("/")
    base = own.path.rstrip("/")
    paged = dict(parse_qsl(other.query))
    if path == base:
        return any(key in _PAGE_KEYS and value not in {"", first} for key, value in paged.items())
    rest = path.removeprefix(base)
    return rest != path and re.fullmatch(r"/(?:page/|hal/|halaman/)?(?:\d{1,2}|all)", rest) is not None and rest != "/1"
