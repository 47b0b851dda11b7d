"""Every page in content/ is in the subset and goes through segmentation unharmed."""

from pathlib import Path

import pytest

from welcome.editions.markup import to_html
from welcome.packs import content, versions
from welcome.packs.content.front_matter import read_text, split
from welcome.segmentation import canonical, check, extract, merge
from welcome.translation.exchange import folder as translations

CONTENT = Path(__file__).parents[2] / "content"
PAGES = sorted(CONTENT.glob("*/*/*.md"))
PACKS = sorted(file.parent for file in CONTENT.glob("*/pack.toml"))


def test_there_is_a_pack_in_six_languages():
    assert len(PAGES) >= 6 * 13
    assert {page.parent.name for page in PAGES} >= {"en", "ar", "ur", "pl", "uk", "pa"}


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_pack_reads_without_problems(folder):
    source = content.read(folder)
    translations.refuse_unlike(source)


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.relative_to(CONTENT).as_posix())
def test_a_page_goes_through_segmentation_unharmed(file):
    body = split(read_text(file)).body
    assert check(body) == []
    segments = extract(body)
    merged = merge(body, {i: each.text for i, each in enumerate(segments)})
    assert to_html(merged) == to_html(body)
    assert canonical(canonical(body)) == canonical(body)


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_translation_names_the_source_it_was_made_from(folder):
    source = content.read(folder)
    newest = {page.name: versions.fingerprint(page.draft) for page in source.pages}
    pinned = {each.file: each.source for each in source.translations}
    assert pinned == {each.file: newest[each.name] for each in source.translations}
