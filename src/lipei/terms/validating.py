"""Turns a tree of text into a checked model, and every complaint of the library into a fault with line and cure."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError

from lipei.terms.combinators import STEP_NAMES
from lipei.terms.faults import COMMA_CURE, FAULTS_MAX, Fault, Path, TermsFaults, TextFault, path_text
from lipei.terms.fields import Part
from lipei.terms.keys import keys_at, steps_that_take
from lipei.terms.money import AmountFault
from lipei.terms.reading import Tree
from lipei.terms.words import Words

Model = TypeVar("Model", bound=Part)


def validated(tree: Tree, *, model: type[Model]) -> Model:
    """The tree as the model. Raises `TermsFaults` with every fault of its shape, each with its line."""
    try:
        return model.model_validate(tree.value)
    except ValidationError as error:
        listed = error.errors(include_url=False)[:FAULTS_MAX]
        found = [_fault_of(one, tree, model) for one in listed if not tree.is_unread(_place_meant(one, tree))]
        told = [fault for fault in found if not (fault.code in SHAPES_OF_CHOICE and _deeper(fault, found))]
        raise TermsFaults(tree.source, [*tree.faults, *told]) from error


def _deeper(fault: Fault, found: list[Fault]) -> bool:
    """Whether a fault was found inside this one's place: where two shapes are allowed, only the one that was meant counts."""
    return any(one.path.startswith((fault.path + ".", fault.path + "[")) for one in found)


def _place_meant(error: Any, tree: Tree) -> Path:
    """The place of an error; for something that is missing, the place where it should stand."""
    path, key = _path_in(tree, error["loc"]), error["loc"][-1]
    return (*path, key) if error["type"] == "missing" and path[-1:] != (key,) else path


def _fault_of(error: Any, tree: Tree, model: type[Part]) -> Fault:
    path = _path_in(tree, error["loc"])
    kind, key = error["type"], str(error["loc"][-1])
    raised = (error.get("ctx") or {}).get("error")
    if isinstance(raised, TextFault):
        return Fault("unreadable", path_text(path), tree.place_of(path), raised.what, raised.cure)
    if isinstance(raised, AmountFault):
        return Fault("unreadable", path_text(path), tree.place_of(path), raised.words, AMOUNT_CURE)
    if kind == "missing":
        step = _step_at(tree, path)
        path = _place_meant(error, tree)
        what, cure = Words(f"缺少“{key}”", f"“{key}” is missing"), Words(f"补上 {key}:", f"add {key}:")
        if step:
            seen = f"lipei products steps {step}"
            cure = Words(f"{cure.zh} 可写什么见 {seen}", f"{cure.en} `{seen}` says what may stand there")
    elif kind == "extra_forbidden":
        what, cure = Words(f"不认识“{key}”", f"“{key}” is not known here"), _nearest(error, tree, model)
    else:
        what, cure = _said(kind, error)
        path = (*path, "step") if kind == "union_tag_invalid" else path
    return Fault(kind, path_text(path), tree.place_of(path, key=kind in KEY_FAULTS), what, cure)


SHAPES_OF_CHOICE = frozenset({"list_type", "dict_type", "model_type", "literal_error"})
KEY_FAULTS = frozenset({"extra_forbidden"})
AMOUNT_CURE = Words("写成 10,000.00", "write it as 10,000.00")
_SHAPES: dict[str, tuple[Words, Words]] = {
    "dict_type": (
        Words("这里要写“名字: 内容”", "names with contents are expected here"),
        Words("写成 名字: {…}", "write name: {…}"),
    ),
    "model_type": (
        Words("这里要写“名字: 内容”", "names with contents are expected here"),
        Words("写成 {…}", "write {…}"),
    ),
    "list_type": (Words("这里要写列表", "a list is expected here"), Words("每一项前写 -", "put - before each item")),
    "string_type": (Words("这里要写文字", "text is expected here"), Words("写在冒号后面", "write it after the colon")),
    "too_short": (Words("这里至少要有一项", "at least one item is needed here"), Words("补上一项", "add one")),
    "too_long": (Words("这里的项太多", "there are too many items here"), Words("分成几部分", "split them")),
    "string_too_short": (
        Words("文字太短或是空的", "the text is too short or empty"),
        Words("补上文字", "write the text"),
    ),
    "string_too_long": (Words("文字太长", "the text is too long"), Words("缩短或分成几条", "shorten or split it")),
}


def _said(kind: str, error: Any) -> tuple[Words, Words]:
    """The fault of a shape, and its cure."""
    offered = str((error.get("ctx") or {}).get("expected", ""))
    if kind.startswith("union_tag"):
        names = ", ".join(STEP_NAMES)
        return Words("没有这种步骤", "there is no such step"), Words(f"step 可用：{names}", f"step is one of: {names}")
    if kind == "literal_error":
        listed = offered.replace(" or ", ", ")
        return Words("不是可用的词", "this word is not one of those that fit"), Words(
            f"可用：{listed}", f"use one of: {listed}"
        )
    known = _SHAPES.get(kind)
    return known or (
        Words(f"写法不对（{kind}）", str(error["msg"])),
        Words("照文件格式说明改写", "write it as the format's description says"),
    )


def _nearest(error: Any, tree: Tree, model: type[Part]) -> Words:
    """What to write instead of a key that is not known: out of the keys that may stand at this place."""
    key = str(error["loc"][-1])
    if error.get("input") is None:
        return COMMA_CURE
    step = _step_at(tree, _path_in(tree, error["loc"])[:-1])
    takers = steps_that_take(key, instead_of=step) if step else ()
    if takers:
        zh, en = "、".join(takers), " and ".join((", ".join(takers[:-1]), takers[-1]) if takers[1:] else takers)
        takes = "take" if takers[1:] else "takes"
        return Words(f"{step} 没有它；{zh} 有", f"{step} has none; {en} {takes} one")
    known = keys_at(model, error["loc"][:-1])
    close = get_close_matches(key, known, n=1)
    if close:
        return Words(f"是不是“{close[0]}”？否则删掉", f"did you mean “{close[0]}”? otherwise remove it")
    names = ", ".join(known) or "–"
    return Words(f"删掉它；这里可写：{names}", f"remove it; here may stand: {names}")


def _step_at(tree: Tree, path: Path) -> str | None:
    """The kind of the step that stands at this place; None when there is no known one."""
    value = tree.value
    for part in path:
        value = value[part]
    kind = value.get("step") if isinstance(value, dict) else None
    return kind if kind in STEP_NAMES else None


def _path_in(tree: Tree, loc: tuple[str | int, ...]) -> Path:
    """The place in the document that a validation error speaks of: its parts that are really there.

    Of a step the error names its kind before its field: in `steps, 1, limit, limit` the first is the kind.
    """
    path: Path = ()
    value: Any = tree.value
    is_entered = False
    for part in loc:
        is_kind = is_entered and isinstance(value, dict) and value.get("step") == part
        is_entered = not is_kind
        inside = isinstance(value, dict) and part in value and not is_kind
        listed = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if inside or listed:
            path, value = (*path, part), value[part]
    return path
