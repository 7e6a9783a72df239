"""A step that cannot be done yet: what, why, what to do – all that is missing at once, in both languages. Pure.

Every door renders the same `Refused`: the page, the fragment, the API's problem+json.
"""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing or wrong: what it is, why it is needed, and the way there.

    `where` names the place to mend it as a route name with its arguments, e.g. `("claim_papers", (12,))`;
    `field` is the form field it belongs to, when the mending happens on the same page.
    """

    what: Words
    why: Words | None = None
    do: Words | None = None
    where: tuple[str, tuple[str | int, ...]] | None = None
    field: str = ""


class Refused(Exception):
    """A command said no, kindly and exactly. Nothing was written.

    `code` is stable (`not_permitted`, `missing`, `not_found`, `too_late`, `own_work`, `bad_input`, `conflict`, `too_often`);
    `have` lists what is already in order.
    """

    def __init__(
        self,
        code: str,
        what: Words,
        *,
        why: Words | None = None,
        do: Words | None = None,
        missing: tuple[Missing, ...] = (),
        have: tuple[Words, ...] = (),
    ) -> None:
        super().__init__(f"{code}: {what.en}" + "".join(f"\n- {m.what.en}" for m in missing))
        self.code = code
        self.what = what
        self.why = why
        self.do = do
        self.missing = missing
        self.have = have


def not_permitted(what: Words, *, who: Words) -> Refused:
    """Refusal by permission: says who may and how to ask."""
    return Refused("not_permitted", what, why=who, do=Words("请转交给有权限的同事，或找主管。", "Hand it to a colleague who may, or ask your supervisor."))


def not_found(what: Words) -> Refused:
    """Nothing by that number that this actor may see."""
    return Refused(
        "not_found",
        what,
        why=Words("没有这个编号，或者您的岗位看不到它。", "There is nothing by that number, or your role does not see it."),
        do=Words("请核对编号，或从查找进入。", "Check the number, or come in through search."),
    )


def refuse_if(missing: list[Missing] | tuple[Missing, ...], what: Words, *, have: tuple[Words, ...] = ()) -> None:
    """Raise one `Refused` that lists everything in `missing`; do nothing when the list is empty."""
    if missing:
        raise Refused("missing", what, missing=tuple(missing), have=have)
