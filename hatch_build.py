"""Build hook: put the page's third-party files into the package before it is built.

They are not committed. Where npm is missing, or its registry cannot be reached, the package is built without them: the
page then loads Leaflet from a CDN, and `python geo/maps/vendor.py` adds the files later.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface):
    """Run geo/maps/vendor.py when its files are missing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing. `version` is "standard" or "editable": both need the files in the source tree."""
        script = Path(self.root) / "geo" / "maps" / "vendor.py"
        if shutil.which("npm") is None:
            self.app.display_warning("npm is not here: the page will load Leaflet from a CDN")
        elif script.exists():
            done = subprocess.run([sys.executable, str(script)], cwd=self.root, check=False)  # keeps what is there
            if done.returncode:
                self.app.display_warning("npm could not fetch the page's files: it will load Leaflet from a CDN")
