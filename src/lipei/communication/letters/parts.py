"""What letters are made of: sender, receiver, person, clause, line of money, paper, each a frozen value.

Whatever is read by the customer is `Said`: `Words` in both languages, so that one set of data prints in Chinese and in
English. A plain string (a name, a number) stands for itself in both. Amounts are whole fen.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from lipei.terms.money import AMOUNT_MAX
from lipei.terms.words import Words

TEXT_MAX = 4_000  # characters of one text in one language
ROWS_MAX = 2_000  # rows of one list; a cost list of a long stay has some hundreds
DAYS_MAX = 366

LanguageOfLetter = Literal["zh", "en"]


def _as_words(value: object) -> object:
    """`Words` from `Words`, from `{"zh": …, "en": …}`, or from one text that is the same in both."""
    if isinstance(value, Words):
        return value
    if isinstance(value, str):
        value = {"zh": value, "en": value}
    if not isinstance(value, dict) or set(value) != {"zh", "en"} or not all(isinstance(v, str) for v in value.values()):
        raise PydanticCustomError("said_form", "text, or {zh, en}")
    if not all(text.strip() for text in value.values()):
        raise PydanticCustomError("said_empty", "both languages")
    return Words(value["zh"], value["en"])


def _short_enough(words: Words) -> Words:
    if max(len(words.zh), len(words.en)) > TEXT_MAX:
        raise PydanticCustomError("said_long", "at most {most} characters", {"most": TEXT_MAX})
    return words


Said = Annotated[Words, BeforeValidator(_as_words), AfterValidator(_short_enough), PlainSerializer(Words.as_dict)]
Fen = Annotated[int, Field(strict=True, ge=0, le=AMOUNT_MAX)]
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\x21-\x7e]+( [\x21-\x7e]+)*$")]
Link = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^https?://[\x21-\x7e]+$")]
Days = Annotated[int, Field(strict=True, ge=1, le=DAYS_MAX)]
Count = Annotated[int, Field(strict=True, ge=1, le=ROWS_MAX)]


class Part(BaseModel):
    """A frozen value with no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Sender(Part):
    """发函人: the insurer and the branch; `mark` is the one character of the emblem, `seal` the words under the star."""

    insurer: Said
    branch: Said
    address: Said
    phone: str = Field(min_length=3, max_length=40)
    seal: Said = Words("理赔专用章", "CLAIMS")
    mark: str = Field(default="理", min_length=1, max_length=1)


class Receiver(Part):
    """收函人: name and form of address (`女士` / `Ms`); without one the full name stands alone."""

    name: Said
    title: Said | None = None
    address: Said | None = None


class Person(Part):
    """A named person of ours who can be reached: the phone with extension, and the staff number."""

    name: Said
    phone: Said | None = None
    staff_number: str | None = Field(default=None, max_length=20)


class Clause(Part):
    """条款: the identity in the terms (`2.4.3`), how it is named, and the words of the contract."""

    id: Code
    label: Said
    text: Said | None = None


class Fact(Part):
    """事实: what was found, and the paper that shows it."""

    what: Said
    source: Said | None = None


class Line(Part):
    """One line between asked and owed: what is taken away (`less`) or added (`plus`), with fact and clauses."""

    effect: Literal["less", "plus"]
    label: Said
    amount: Fen
    fact: Said
    clauses: tuple[Clause, ...] = Field(default=(), max_length=20)


class Refusal(Part):
    """不付的一项: the amount, the facts it rests on, the clauses, and why these facts meet that clause."""

    label: Said
    amount: Fen
    facts: tuple[Fact, ...] = Field(default=(), max_length=50)
    clauses: tuple[Clause, ...] = Field(default=(), max_length=20)
    why: Said


class Change(Part):
    """What could still change the decision: what would show it, who can get it, and the gain where it is known."""

    what: Said
    how: Said
    gain: Fen | None = None
    answer_days: Days | None = None


class Remedies(Part):
    """The ways to disagree: whom to ask, days for a review, the regulator's line, court or arbitration, limitation.

    `limitation_years` comes from the law in force (Insurance Law art. 26: two years, life insurance five).
    """

    ask: Person
    review_days: Days
    regulator_phone: str = Field(min_length=3, max_length=40)
    forum: Literal["court", "arbitration"] = "court"
    limitation_years: Annotated[int, Field(strict=True, ge=1, le=20)]


class Account(Part):
    """Where the money goes: bank and the last four digits; a letter never holds the full number."""

    bank: Said
    tail: str = Field(pattern=r"^\d{4}$")


class Check(Part):
    """验真: the address of the status page and the code that opens this letter there."""

    address: Code
    code: Code


class PaperAsked(Part):
    """A paper that is missing: why it is needed, what it must show, how to get it, and who else can get it."""

    name: Said
    why: Said
    must_show: Said | None = None
    how: Said
    instead: Said | None = None


class PaperKept(Part):
    """One paper in custody: number, name, form, how many, and where it is now."""

    number: Code
    name: Said
    form: Said
    count: Said
    place: Said
    returned: bool = False


class PaperReceived(Part):
    """A paper named in an acknowledgement: what, and how many."""

    name: Said
    count: Said


class Payment(Part):
    """A payment that was confirmed: date, amount, to whom."""

    on: date
    amount: Fen
    to: Said


class Operand(Part):
    """A number that a step used: its name, its value as written, and where it comes from."""

    name: Said | None = None
    value: Said
    source: Said | None = None


class Step(Part):
    """One step of the calculation: amounts before and after, the arithmetic, operands, and the clause it follows.

    `after_exact` is given where the amount is finer than a fen; `bound` says that a limit or deductible bit here.
    """

    number: Code
    label: Said
    clause: Clause | None = None
    operands: tuple[Operand, ...] = Field(default=(), max_length=ROWS_MAX)
    arithmetic: Said
    before: Fen | None = None
    after: Fen
    after_exact: Said | None = None
    bound: bool = False
    notes: tuple[Said, ...] = Field(default=(), max_length=50)


class Tried(Part):
    """An exclusion or exception that was tried, its clause, and why it did or did not apply."""

    label: Said
    clause: Clause
    why: Said


class Stop(Part):
    """Why a coverage does not answer, and under which clause."""

    why: Said
    clause: Clause


class CoverageSteps(Part):
    """The steps of one coverage, from what was asked to what is owed under it; or what stopped it."""

    name: Said
    steps: tuple[Step, ...] = Field(default=(), max_length=500)
    owed: Fen
    stop: Stop | None = None


class Answer(Part):
    """A filled line of a form: what is asked and what was answered."""

    label: Said
    value: Said


class Asked(Part):
    """One thing claimed: what, the papers that show it, how much (when it is known)."""

    label: Said
    papers: Said | None = None
    amount: Fen | None = None
