"""Who works here: accounts to log in with, colleagues, branches, teams, absences and declared interests."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Branch(models.Model):
    """分支机构: where customers come and claims are handled."""

    code = models.CharField(max_length=8, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    address_zh = models.CharField(max_length=120)
    address_en = models.CharField(max_length=160)
    phone = models.CharField(max_length=24)

    class Meta:
        db_table = "branch"


class Team(models.Model):
    """A team of a branch, with its supervisor."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)

    class Meta:
        db_table = "team"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts by staff number."""

    def create_user(self, number: str, password: str | None = None, **extra: Any) -> Account:
        """A new account; an unusable password when none is given."""
        account = self.model(number=number, **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """登录账号: the means to log in, and nothing else; who the person is stands in `User`."""

    number = models.CharField(max_length=20, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.number


class User(models.Model):
    """同事: one colleague – name, branch, roles, authority by amount (fen), skills."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="staff")
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    roles = ArrayField(models.CharField(max_length=24))
    skills = ArrayField(models.CharField(max_length=24), default=list)
    authority = models.BigIntegerField(default=0)
    extension = models.CharField(max_length=12, blank=True)
    is_working = models.BooleanField(default=True)

    class Meta:
        db_table = "staff_user"


class Absence(models.Model):
    """When a colleague is away: nothing new is assigned to them then."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.CharField(max_length=80)

    class Meta:
        db_table = "absence"


class Interest(models.Model):
    """利害关系: a relation of a colleague to a person (by blind index of the identity number); excludes them from that claim."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interests")
    identity_index = models.CharField(max_length=40)
    relation = models.CharField(max_length=60)

    class Meta:
        db_table = "interest"


class PartnerToken(models.Model):
    """A partner's key to the machine door: only its digest is kept."""

    partner = models.CharField(max_length=80)
    token_digest = models.CharField(max_length=64, unique=True)
    verbs = ArrayField(models.CharField(max_length=40))
    is_valid = models.BooleanField(default=True)

    class Meta:
        db_table = "partner_token"
