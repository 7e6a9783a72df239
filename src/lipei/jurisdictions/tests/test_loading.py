"""A pack with a fault is refused with file, line, what is wrong and what would be right; all faults at once."""

from __future__ import annotations

from datetime import date

import pytest

from lipei import jurisdictions

ON = date(2026, 11, 22)

CLOCK = """clocks:
  - id: determination
    label: {zh: 核定 30 日, en: 30 days to decide}
    trigger: [claim_requested]
    met_by: [determined]
    amount: 30
    day_type: calendar
    nature: duty
    rolls: yes
    lines: [all]
    consequence: {zh: 赔偿损失, en: loss is owed}
    effective: {from: 2026-01-01}
    source:
      citation: {zh: 示例法第一条, en: Example Law art. 1}
      words: 三十日
      grade: A
      last_checked: 2026-11-22
"""
SOURCE = """source:
  citation: {zh: 示例法第二条, en: Example Law art. 2}
  words: 示例
  grade: A
  last_checked: 2026-11-22
"""
FILES = {
    "pack.yaml": f"""code: xx
name: {{zh: 示例地, en: Exampleland}}
time_zone: Asia/Shanghai
currency: CNY
weekend: [5, 6]
{SOURCE}lines:
  medical: {{zh: 医疗, en: medical}}
groups:
  personal: [medical]
""",
    "clocks.yaml": CLOCK,
    "parameters.yaml": """parameters:
  - id: limit
    label: {zh: 上限, en: limit}
    value: 3000.00
    unit: amount
    effective: {from: 2026-01-01}
    source:
      citation: {zh: 示例法第三条, en: Example Law art. 3}
      words: 示例
      grade: A
      last_checked: 2026-11-22
""",
    "calendar/2026.yaml": f"""year: 2026
status: published
{SOURCE}rest:
  - {{from: 2026-10-01, to: 2026-10-07, name: {{zh: 国庆节, en: National Day}}}}
work: [2026-10-10]
""",
}


def faults_of(files: dict[str, str]) -> tuple[jurisdictions.Fault, ...]:
    with pytest.raises(jurisdictions.PackFaults) as refused:
        jurisdictions.pack_of(files, on=ON)
    return refused.value.faults


def changed(file: str, old: str, new: str) -> dict[str, str]:
    assert FILES[file].count(old) >= 1
    return FILES | {file: FILES[file].replace(old, new, 1)}


def test_the_example_itself_is_sound() -> None:
    pack = jurisdictions.pack_of(FILES, on=ON)
    assert (pack.whole("limit"), len(pack.clocks), pack.doubts()) == (300_000, 1, ())


FAULTY = [
    ("clocks.yaml", "amount: 30", "amuont: 30", "“amount” is missing"),
    ("clocks.yaml", "amount: 30", "amount: 30.5", "“amount”: “30.5” should be a whole number from 1 to 1200"),
    ("clocks.yaml", "amount: 30", "amount: 0", "“amount”: “0” should be a whole number"),
    ("clocks.yaml", "amount: 30", "amount: ３０", "should be a whole number"),
    ("clocks.yaml", "    amount: 30\n", "    amount: 30\n    colour: red\n", "“colour” is unknown; here may stand"),
    ("clocks.yaml", "    amount: 30\n", "    amount: 30\n    amount: 31\n", "“amount” is written twice; keep one"),
    ("clocks.yaml", "day_type: calendar", "day_type: weekdays", "“day_type”: “weekdays” is unknown; write one of"),
    ("clocks.yaml", "day_type: calendar", "day_type: promptly", "“promptly” has no number; remove “amount”"),
    ("clocks.yaml", "nature: duty", "nature: wish", "“nature”: “wish” is unknown; write one of duty"),
    ("clocks.yaml", "rolls: yes", "rolls: true", "“rolls”: “true” is unknown; write one of yes, no"),
    ("clocks.yaml", "[claim_requested]", "[claim_wished]", "“trigger”: “claim_wished” is unknown"),
    ("clocks.yaml", "[claim_requested]", "[]", "“trigger” needs at least one event"),
    ("clocks.yaml", "[claim_requested]", "claim_requested", "“trigger” needs a list"),
    ("clocks.yaml", "    met_by: [determined]\n", "", "“met_by” needs at least one event"),
    ("clocks.yaml", "lines: [all]", "lines: [marine]", "“lines”: “marine” is unknown; write one of all, personal"),
    ("clocks.yaml", "lines: [all]", "lines: []", "“lines” needs lines of business, or all"),
    ("clocks.yaml", ", en: 30 days to decide", "", "“en” is missing"),
    ("clocks.yaml", "zh: 核定 30 日", 'zh: ""', "“zh” needs a text"),
    ("clocks.yaml", "      citation: {zh: 示例法第一条, en: Example Law art. 1}\n", "", "“citation” is missing"),
    ("clocks.yaml", "      words: 三十日\n", "", "“words” is missing"),
    ("clocks.yaml", "grade: A", "grade: D", "“grade”: “D” is unknown; write one of A, B, C, G"),
    ("clocks.yaml", "grade: A", "grade: C", "a grade below A needs a “note”"),
    ("clocks.yaml", "last_checked: 2026-11-22", "last_checked: 2026-11-31", "“last_checked”: “2026-11-31” is no date"),
    ("clocks.yaml", "      last_checked: 2026-11-22\n", "", "“last_checked” is missing"),
    ("clocks.yaml", "{from: 2026-01-01}", "{from: 2026-01-01, to: 2026-01-01}", "“to” must be later than “from”"),
    ("clocks.yaml", "effective: {from: 2026-01-01}", "effective: yesterday", "expected a group of “name: value” here"),
    ("clocks.yaml", "    source:", "    source\n", "not YAML; check indents and colons"),
    ("parameters.yaml", "value: 3000.00", "value: 3000.001", "more than two decimals"),
    ("parameters.yaml", "value: 3000.00", "value: a lot", "is not an amount"),
    ("parameters.yaml", "unit: amount", "unit: ratio", "“3000.00” is no ratio; write 85% or 1/3"),
    ("parameters.yaml", "unit: amount", "unit: days", "“value”: “3000.00” should be a whole number"),
    ("parameters.yaml", "unit: amount", "unit: metres", "“unit”: “metres” is unknown"),
    ("pack.yaml", "Asia/Shanghai", "Asia/Atlantis", "there is no time zone “Asia/Atlantis”"),
    ("pack.yaml", "[5, 6]", "[5, 7]", "“weekend”: “7” is unknown"),
    ("pack.yaml", "personal: [medical]", "personal: [dental]", "“personal”: “dental” is unknown"),
    ("pack.yaml", "currency: CNY\n", "", "“currency” is missing"),
    ("calendar/2026.yaml", "to: 2026-10-07", "to: 2026-09-07", "a holiday lies within 2026, first day first"),
    ("calendar/2026.yaml", "to: 2026-10-07", "to: 2027-10-07", "a holiday lies within 2026, first day first"),
    ("calendar/2026.yaml", "[2026-10-10]", "[2026-10-12]", "2026-10-12 is not a weekend day of 2026 to be worked"),
    ("calendar/2026.yaml", "[2026-10-10]", "[2026-10-03]", "2026-10-03 is not a weekend day of 2026 to be worked"),
    ("calendar/2026.yaml", "[2026-10-10]", "[the tenth]", "“work”: “the tenth” is no date"),
    ("calendar/2026.yaml", "year: 2026", "year: 2025", "the file name and the year 2025 differ"),
    ("calendar/2026.yaml", "status: published", "status: rumoured", "“status”: “rumoured” is unknown"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTY)
def test_a_fault_is_told_with_file_line_and_cure(file: str, old: str, new: str, said: str) -> None:
    told = faults_of(changed(file, old, new))
    fitting = [fault for fault in told if said in fault.words.en]
    assert fitting, "\n".join(map(str, told))
    assert fitting[0].file == file
    assert fitting[0].line >= 1
    assert fitting[0].words.zh != fitting[0].words.en


def test_the_line_is_the_line_in_the_file() -> None:
    (fault,) = faults_of(changed("clocks.yaml", "nature: duty", "nature: wish"))
    assert (fault.file, fault.line) == ("clocks.yaml", 8)
    assert str(fault).startswith("clocks.yaml:8: determination: “nature”")


def test_all_faults_are_told_at_once_in_both_languages() -> None:
    files = changed("pack.yaml", "currency: CNY\n", "")
    files["clocks.yaml"] = CLOCK.replace("nature: duty", "nature: wish").replace("grade: A", "grade: Z")
    with pytest.raises(jurisdictions.PackFaults) as refused:
        jurisdictions.pack_of(files, on=ON)
    assert len(refused.value.faults) == 3
    assert refused.value.said("zh-Hans")[0].startswith("clocks.yaml:8 determination：“nature”没有“wish”")
    assert "determination.source: “grade”" in refused.value.said("en")[1]


def test_a_missing_file_and_a_pack_without_a_calendar_are_told() -> None:
    told = faults_of({name: text for name, text in FILES.items() if name == "pack.yaml"})
    assert {fault.file for fault in told} == {"calendar/", "clocks.yaml", "parameters.yaml"}
    assert faults_of({name: text for name, text in FILES.items() if name != "pack.yaml"})[0].file


def test_two_versions_of_one_clock_may_follow_each_other_but_not_overlap() -> None:
    second = CLOCK.replace("clocks:\n", "").replace("2026-01-01", "2026-06-01")
    overlapping = faults_of(FILES | {"clocks.yaml": CLOCK + second})
    assert "two versions of “determination” overlap in time" in overlapping[0].words.en
    closed = CLOCK.replace("{from: 2026-01-01}", "{from: 2026-01-01, to: 2026-06-01}")
    pack = jurisdictions.pack_of(FILES | {"clocks.yaml": closed + second}, on=ON)
    assert len(pack.clocks) == 2
    assert [clock.effective_from for clock in pack.clocks_in_force()] == [date(2026, 6, 1)]
    assert len(pack.as_of(date(2026, 2, 1)).clocks_in_force()) == 1


def test_only_a_clock_in_days_can_be_stopped() -> None:
    tolling = """    tolling:
      stops_on: supplement_notice_delivered
      resumes_on: supplement_received
      further: approved_only
      why: {zh: 等补件, en: waiting for papers}
"""
    months = CLOCK.replace("day_type: calendar", "day_type: month") + tolling
    assert "only a clock in days can be stopped" in faults_of(FILES | {"clocks.yaml": months})[0].words.en
    assert jurisdictions.pack_of(FILES | {"clocks.yaml": CLOCK + tolling}, on=ON).clocks[0].tolling is not None


def test_a_place_without_a_pack_is_told_which_there_are() -> None:
    assert set(jurisdictions.codes()) >= {"cn", "us-ca"}
    with pytest.raises(jurisdictions.UnknownPlace, match="cn, us-ca"):
        jurisdictions.load("atlantis", on=ON)
    with pytest.raises(jurisdictions.UnknownPlace):
        jurisdictions.load("../cn", on=ON)


def test_a_pack_is_read_once_and_asked_for_many_days() -> None:
    first, second = (jurisdictions.load("cn", on=day) for day in (date(2014, 1, 1), ON))
    assert first.clocks is second.clocks
    assert len(first.clocks_in_force()) < len(second.clocks_in_force())
