"""A live installation begins: one administrator, then policies from a file – or every fault at once."""

from __future__ import annotations

import pytest

from lipei.launch.trouble import Trouble
from lipei.policies.models import Policy
from lipei.site import beginning, taking_over
from lipei.staff.models import Account, User

pytestmark = pytest.mark.django_db
WORDS = ["--number", "9001", "--name", "祝修远", "--branch", "JH", "--branch-name", "镜湖支公司", "--address", "示例路 1 号", "--phone", "400-000-0000"]
ROW = {
    "number": "QH-1", "product_code": "anxin_inpatient", "branch_code": "JH", "from_date": "2026-01-01", "to_date": "2026-12-31",
    "premium_paid_to": "2026-12-31", "first_from_date": "2026-01-01", "explained_on": "", "explained_to": "", "holder_name": "周砚秋",
    "holder_sex": "F", "holder_born_on": "1983-09-21", "holder_identity": "000000198309212623", "holder_phone": "19900000042",
    "insured_name": "方玉兰", "insured_sex": "F", "insured_born_on": "1955-03-08", "insured_identity": "000000195503082849",
    "insured_phone": "19900000176", "insured_relation": "parent", "insured_social_insurance": "yes",
}


def begun() -> None:
    beginning.begin(beginning.parser().parse_args(WORDS), secret="long enough to be one")


def test_the_first_administrator_can_log_in_and_there_is_only_one() -> None:
    begun()
    assert User.objects.get().roles == ["administrator"]
    assert Account.objects.get().check_password("long enough to be one")
    with pytest.raises(Trouble, match="9001"):
        begun()


def test_policies_come_from_a_file_and_the_same_file_again_changes_nothing() -> None:
    begun()
    rows = [ROW, {**ROW, "insured_name": "周砚秋", "insured_relation": "self"}]
    assert taking_over.take_over(rows) == 1
    assert taking_over.take_over(rows) == 1
    assert Policy.objects.get().insured.count() == 2


def test_all_that_is_wrong_is_told_and_nothing_is_taken_over() -> None:
    begun()
    with pytest.raises(Trouble) as trouble:
        taking_over.take_over([ROW, {**ROW, "number": "", "from_date": "2026-02-31", "branch_code": "XX"}])
    said = trouble.value.words.en
    assert said.startswith("3 to mend")
    assert "Line 3, from_date: “2026-02-31” is not a date" in said
    assert Policy.objects.count() == 0
