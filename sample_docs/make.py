"""Makes the three sample documents: ``python sample_docs/make.py`` writes the same bytes each time."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import harbourlight.report  # noqa: E402 - found beside this script
import lantern.workbook  # noqa: E402
import qinghe.report  # noqa: E402

MAKERS = {
    "harbourlight-annual-report-2025.pdf": harbourlight.report.write,
    "qinghe-annual-report-2025-zh.pdf": qinghe.report.write,
    "lantern-sales-2025.xlsx": lantern.workbook.write,
}


def make(folder: Path) -> list[Path]:
    """The paths of the files written to *folder*."""
    for name, write in MAKERS.items():
        write(folder / name)
    return [folder / name for name in MAKERS]


if __name__ == "__main__":
    for path in make(HERE):
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")
