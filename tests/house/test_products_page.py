"""The page of all products says what the products are: it is what the module it names prints."""

from __future__ import annotations

from lipei.products.catalogue import page
from tests.house.sources import ROOT


def test_the_page_of_products_is_what_the_catalogue_prints() -> None:
    written = (ROOT / "docs" / "guide" / "products.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m lipei.products.catalogue > docs/guide/products.md"


def test_every_line_of_business_has_a_product() -> None:
    lines = ("medical", "hospital_cash", "accident", "critical_illness", "life", "motor", "property", "travel", "crop")
    assert [line for line in lines if f"| {line}, " not in page()] == []
