"""Browser tests wait for what they look for: what reads a page at once stands in tests/browser/looking.py alone."""

import re
from pathlib import Path

HASTY = re.compile(
    r"\.(is_visible|is_hidden|is_checked|is_enabled|is_disabled|inner_text|inner_html|text_content|all_inner_texts|"
    r"all_text_contents|input_value)\(|\b\w*page\.(title|content)\(\)|scrollWidth"
)


def test_nothing_reads_a_page_that_may_not_be_there():
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if path.name not in ("looking.py", Path(__file__).name)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if HASTY.search(line)
    ]
    assert found == [], "use expect(...), fits() or becomes() instead"
