"""The catalogues tell the truth: what is shown, what is translated, what is wrong."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from lipei.site import catalogues

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


def words_of(source: str) -> list[tuple[str, str, str]]:
    return [(w.msgid, w.context, w.plural) for w in catalogues.in_template(source, place="t.html")]


def test_a_template_is_read_as_django_will_ask_for_it() -> None:
    assert words_of('{% translate "Open" %}') == [("Open", "", "")]
    assert words_of("{% translate 'See' context \"masked value\" %}") == [("See", "masked value", "")]
    assert words_of('{{ _("Papers") }}<c-tile unit="{{ _(\'claims\') }}" />') == [("Papers", "", ""), ("claims", "", "")]
    assert words_of("{% comment %}{% translate 'not shown' %}{% endcomment %}{% translate 'shown' %}") == [("shown", "", "")]


def test_a_block_keeps_its_places_its_plural_and_its_per_cent() -> None:
    source = "{% blocktranslate count number=n context 'c' %}{{ number }} claim at 5%{% plural %}{{ number }} claims at 5%{% endblocktranslate %}"
    assert words_of(source) == [("%(number)s claim at 5%%", "c", "%(number)s claims at 5%%")]
    assert words_of("{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}") == [("Two lines", "", "")]


def test_a_module_is_read_with_context_and_plural() -> None:
    source = b'from django.utils.translation import gettext as _, ngettext, pgettext\n_("Next")\nngettext("%d day", "%d days", n)\npgettext("claims", "open")\n'
    found = [(w.msgid, w.context, w.plural, w.place) for w in catalogues.in_module(source, place="m.py")]
    assert found == [("Next", "", "", "m.py:2"), ("%d day", "", "%d days", "m.py:3"), ("open", "claims", "", "m.py:4")]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text('{% translate "Open" %}{% blocktranslate %}Saved {{ at }}{% endblocktranslate %}')
    return tmp_path


def room(folder: Path, name: str, **words: str) -> None:
    entries = "\n".join(f'msgid "{msgid.replace("_at", " %(at)s").replace("_", " ")}"\nmsgstr "{said}"\n' for msgid, said in words.items())
    (folder / f"{name}.po").write_text(HEADER + entries, encoding="utf-8")


def kinds(package: Path) -> dict[str, str]:
    return {fault.msgid: fault.kind for fault in catalogues.faults(package, package)}


def test_a_word_without_chinese_is_named_with_its_place(package: Path) -> None:
    room(package, "a", Open="打开")
    (fault,) = catalogues.faults(package, package)
    assert (fault.kind, fault.msgid, fault.place) == ("untranslated", "Saved %(at)s", "page.html:1")
    assert 'msgid "Saved %(at)s"' in catalogues.missing_as_catalogue(package, package)


def test_an_empty_translation_is_no_translation(package: Path) -> None:
    room(package, "a", Open="", Saved_at="已保存 %(at)s")
    assert kinds(package) == {"Open": "untranslated"}


def test_an_entry_nobody_shows_an_invented_place_and_a_contradiction_are_named(package: Path) -> None:
    room(package, "a", Open="打开", Saved_at="已保存 %(when)s", Gone="没有了")
    room(package, "b", Open="开启")
    assert kinds(package) == {"Saved %(at)s": "places", "Gone": "unused", "Open": "contradicting"}


def test_rooms_are_merged_and_compiled_and_only_when_stale(package: Path) -> None:
    room(package, "a", Open="打开")
    room(package, "b", Saved_at="已保存 %(at)s")
    compiled = package / "LC_MESSAGES" / "django.mo"
    assert catalogues.compile_if_stale(package, compiled)
    assert not catalogues.compile_if_stale(package, compiled), "nothing changed since"
    os.utime(package / "a.po", ns=(2**62, 2**62))
    assert catalogues.compile_if_stale(package, compiled)
    with compiled.open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert (chinese.gettext("Open"), chinese.gettext("Saved %(at)s")) == ("打开", "已保存 %(at)s")
