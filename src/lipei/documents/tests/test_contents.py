"""A file is judged by what is in it: PDF, JPEG and PNG come in, everything else is told kindly why not."""

from __future__ import annotations

import pytest

from lipei.documents.contents import BYTES_MAX, look_at
from lipei.documents.tests.files import A_JPEG, A_PDF, a_png


@pytest.mark.parametrize(("content", "kind"), [(A_PDF, "application/pdf"), (A_JPEG, "image/jpeg"), (a_png(), "image/png")])
def test_three_kinds_of_file_come_in(content: bytes, kind: str) -> None:
    look = look_at(content)
    assert (look.content_type, look.faults) == (kind, ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + b"\0" * 200, "cannot be taken in"),
        (b"<html><script>alert(1)</script>%PDF-1.4 %%EOF", "cannot be taken in"),
        ("住院小结".encode(), "cannot be taken in"),
        (b"PK\x03\x04" + b"word/document.xml" * 20, "cannot be taken in"),
        (b"\n\n%PDF-1.4\n%%EOF", "cannot be taken in"),
        (A_PDF[:60], "cut off"),
        (a_png()[:-12], "cut off"),
        (a_png(60_000, 60_000), "megapixels"),
        (A_JPEG.replace(bytes.fromhex("00100010"), bytes.fromhex("ffffffff")), "megapixels"),
    ],
)
def test_every_other_file_is_refused_with_the_reason(content: bytes, said: str) -> None:
    faults = look_at(content).faults
    assert len(faults) == 1
    assert said in faults[0].what.en
    assert faults[0].do is not None


def test_a_program_renamed_to_jpg_says_what_it_is() -> None:
    (fault,) = look_at(b"MZ\x90\x00" + b"\0" * 200).faults
    assert fault.what.zh == "这个文件是 EXE 类型，不能收"
    assert fault.why is not None
    assert fault.why.en == "PDF, JPEG and PNG can be handed in."


def test_ten_megabytes_come_in_and_one_byte_more_does_not() -> None:
    at_limit = A_PDF[:-6] + b" " * (BYTES_MAX - len(A_PDF)) + b"%%EOF\n"
    assert len(at_limit) == BYTES_MAX
    assert look_at(at_limit).faults == ()
    (fault,) = look_at(b"%PDF-1.4 " + at_limit).faults
    assert fault.what.en == "The file is larger than 10 MB, which is the most"
