"""Two sets of terms beside each other: which edition of the new stands in the place of which of the old."""

from __future__ import annotations

from lipei.products.book.terms_choice import Terms
from lipei.products.book.troubles import BookTrouble
from lipei.terms.edition import Edition
from lipei.terms.words import Words


def replaced(old: Terms, new: Terms) -> Terms:
    """The new terms in the order of the old: for each old edition the new one of its product, or itself where there is none.

    One edition for all stands in the place of one edition for all, whatever their products. Raises `BookTrouble` when no old
    edition is replaced, or one could be by several.
    """
    reasons, found, count = [], [], 0
    if old.is_for_all and len(new.editions) == 1:
        check_currency(old.editions[0], new.editions[0])
        return Terms(new.editions, True)
    for edition in old.editions:
        product = edition.document.product
        mine = [one for one in new.editions if one.document.product == product]
        if len(mine) > 1:
            named = ", ".join(one.code for one in mine)
            reasons.append(Words(f"{edition.code} 可以换成 {named}；新条款每个产品只给一版", f"{edition.code} could become {named}; give one new edition a product"))
        if mine:
            check_currency(edition, mine[0])
        count += bool(mine)
        found.append(mine[0] if mine else edition)
    if not count:
        named = ", ".join(one.code for one in new.editions)
        reasons.append(Words(f"新条款 {named} 的产品，这批赔案一个也没有用到；用 --against 说明旧条款", f"the book uses no product of the new terms {named}; name the old terms with --against"))
    if reasons:
        raise BookTrouble(reasons)
    return Terms(tuple(found), old.is_for_all)


def check_currency(old: Edition, new: Edition) -> None:
    """Raises `BookTrouble` when the two pay in different currencies: their difference would be of neither."""
    if old.document.currency != new.document.currency:
        what = Words(f"{old.code} 付 {old.document.currency}，{new.code} 付 {new.document.currency}，不能比较", f"{old.code} pays in {old.document.currency}, {new.code} in {new.document.currency}; they cannot be compared")
        raise BookTrouble([what])
