"""The documents point at things that exist, and the index of decisions is whole."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
# A file of the checkout with its folder, as documents name it: `reports/seal.py`, `journal/posting.py:post_sale`.
CODE = re.compile(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|md|css|html|sql|typ|toml|txt))(?::\w+)?`")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_and_files_exist(document):
    text = document.read_text(encoding="utf-8")
    broken = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    named = [path for path in CODE.findall(text) if (ROOT / path.split("/")[0]).is_dir()]
    gone = [path for path in named if not (ROOT / path).exists()]
    assert (broken, gone) == ([], [])


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert records
    assert [record for record in records if f"({record})" not in index] == []


def test_map_names_functions_that_exist():
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:\w+/)+\w+\.py):(\w+)`", text)
    assert named
    missing = [pair for pair in named if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text(encoding="utf-8")]
    assert missing == []
