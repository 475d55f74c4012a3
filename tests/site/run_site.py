"""Shows a refresh against the local site from start to end: first run, nothing new, a changed article, a dead host."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kabar import Publisher, write_sources
from local_site import LocalSite, running

_COMMAND = Path(sys.executable).with_name("cakupan")


def main() -> int:
    """Runs all four acts in a folder that is removed at the end; gives 0 if each ended as it should."""
    with tempfile.TemporaryDirectory() as folder, running(LocalSite()) as site:
        published = [
            Publisher(site, "harian.localhost", "feed", 6),
            Publisher(site, "desa.localhost", "sitemap", 6),
            Publisher(site, "pemda.localhost", "listing", 6),
        ]
        described = [each.describe(each.host.partition(".")[0]) for each in published]
        file = write_sources(Path(folder, "sources.yml"), *described)
        environment = os.environ | {"CAKUPAN_ALLOWED_HOSTS": ".localhost", "CAKUPAN_DATA": str(Path(folder, "data"))}

        def act(title: str, expected: int) -> bool:
            site.forget()
            print(f"\n=== {title}", flush=True)  # noqa: T201
            status = subprocess.run([_COMMAND, "refresh", "--file", file], env=environment).returncode
            asked = len(site.asked)
            print(f"the site was asked {asked} times and sent {site.sent:,} bytes; status {status}", flush=True)  # noqa: T201
            return status == expected

        good = act("first run: every article on the topic is taken once", 0)
        good &= act("second run: nothing new", 0)
        published[0].publish(3, "88,80", when="2026-11-21")
        published[0].relist()
        good &= act("third run: one article has changed", 0)
        dead = '  - {id: mati, name: Mati, feeds: ["http://mati.localhost:9/feed"]}\n'
        write_sources(file, *described, dead)
        good &= act("fourth run: one host is dead, and is named", 1)
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
