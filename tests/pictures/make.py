#!/usr/bin/env python3
"""What the README shows, from samples/: the printed report, and its pictures by headless Chromium. `make pictures`."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "notes" / "02-dap-vague-goal.txt"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
)
SCHEMES = {"light": 1, "dark": 0}


SHOWN = re.compile(
    r"(<!-- output of the command above: .*? -->\n```text\n).*?(```\n<!-- end of the output -->)", re.DOTALL
)


def show_output() -> None:
    """Write what `notelint check` prints on the sample into the README."""
    command = [sys.executable, "-m", "notelint", "check", str(SAMPLE.relative_to(ROOT))]
    printed = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, encoding="utf-8").stdout
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(SHOWN.sub(lambda match: match[1] + printed + match[2], text), encoding="utf-8")


def main() -> None:
    """Write docs/report-light.png and docs/report-dark.png, and the README's output."""
    show_output()
    browser = which("chromium") or which("google-chrome") or sys.exit("No Chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        command = [
            sys.executable,
            "-m",
            "notelint",
            "check",
            str(SAMPLE.relative_to(ROOT)),
            "--format",
            "html",
            "--output",
            str(page),
        ]
        subprocess.run([*command, "--fail-level", "never"], check=True, cwd=ROOT)
        for scheme, number in SCHEMES.items():
            picture = ROOT / "docs" / f"report-{scheme}.png"
            options = (
                f"--user-data-dir={folder}/{scheme}",
                f"--blink-settings=preferredColorScheme={number}",
                "--window-size=1180,1010",
                f"--screenshot={picture}",
            )
            subprocess.run([browser, *QUIET, *options, page.as_uri()], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
