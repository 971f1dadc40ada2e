#!/usr/bin/env python3
"""Pictures of the report for the README, from samples/, by headless Chromium: `make pictures`."""

from __future__ import annotations

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


def main() -> None:
    """Write docs/report-light.png and docs/report-dark.png."""
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
