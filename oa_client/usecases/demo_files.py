"""Two papers to try with (演示来文), made as real files."""

import json
from pathlib import Path

from oa_client.render.plain_files import make_docx, make_pdf
from oa_client.settings import resource


def sample_files(folder: Path) -> tuple[Path, Path]:
    """Write a letter as PDF and a table of measures as DOCX; gives their paths."""
    words = json.loads(resource("demo/sample_files.json").read_text("utf-8"))
    made = []
    for item, make in zip(words["files"], (make_pdf, make_docx), strict=True):
        path = folder / item["name"]
        path.write_bytes(make("\n".join(item["lines"])))
        made.append(path)
    return made[0], made[1]
