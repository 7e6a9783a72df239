"""Three roles: the owner makes the other two, and they may log in and nothing more."""

from __future__ import annotations

import stat
from pathlib import Path

import psycopg
import pytest

from lipei.launch import database, roles
from lipei.launch.addresses import Addresses
from lipei.launch.trouble import ServerTrouble


def skip_unless_superuser(addresses: Addresses) -> None:
    """On a server of the user's own the owner may be anybody who may make roles and databases."""
    with psycopg.connect(addresses.owner.url) as connection:
        if connection.execute("SHOW is_superuser").fetchone() != ("on",):
            pytest.skip("the owner on this server is no superuser")


def test_passwords_are_made_once_and_kept_closed(home: Path) -> None:
    first = roles.passwords()
    assert roles.passwords() == first
    assert len(set(first.values())) == 3
    assert stat.S_IMODE((home / ".config/lipei/keys/roles.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("role", ["app", "eraser"])
def test_a_role_may_log_in_but_makes_no_table_no_role_and_no_database(empty: Addresses, role: str) -> None:
    address = getattr(empty, role)
    with psycopg.connect(address.url, autocommit=True) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (address.user,)
        for statement in (
            "CREATE TABLE mine (x int)",
            "CREATE ROLE friend",
            "CREATE DATABASE other",
            f'SET ROLE "{empty.owner.user}"',
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_making_the_roles_again_changes_nothing_but_a_forgotten_password(empty: Addresses) -> None:
    secret = {"lipei_app": "a new one", "lipei_eraser": empty.eraser.password}
    renewed = roles.ensure_roles(empty.owner, secret=secret)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(empty.app.url)
    psycopg.connect(renewed.app.url).close()
    roles.ensure_roles(empty.owner, secret={**secret, "lipei_app": empty.app.password})
    psycopg.connect(empty.app.url).close()


def test_the_password_stands_in_the_database_only_as_a_verifier(empty: Addresses) -> None:
    skip_unless_superuser(empty)
    with psycopg.connect(empty.owner.url) as connection:
        row = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'lipei_app'").fetchone()
    assert row is not None
    assert row[0].startswith("SCRAM-SHA-256$")


def test_on_a_server_of_the_users_own_a_user_who_may_not_make_roles_reads_what_to_ask_for(empty: Addresses) -> None:
    with pytest.raises(ServerTrouble, match="CREATEROLE") as caught:
        roles.ensure_roles(empty.eraser, secret={"lipei_app": "x", "lipei_eraser": "y"})
    assert "DATABASE_APP_URL" in caught.value.words.zh


def test_a_server_that_does_not_answer_is_named_without_its_password(empty: Addresses) -> None:
    wrong = empty.owner.for_role("lipei_owner", "geheim")
    with pytest.raises(ServerTrouble, match="does not answer") as caught:
        database.of_real_server(wrong)
    assert "geheim" not in caught.value.words.en + caught.value.words.zh


def test_addresses_of_the_users_own_win_over_roles_made_by_lipei(
    empty: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_APP_URL", "postgresql://desk:a@/lipei?host=/tmp")
    monkeypatch.setenv("DATABASE_ERASER_URL", "postgresql://archive:b@/lipei?host=/tmp")
    found = database.of_real_server(empty.owner)
    assert (found.owner, found.app.user, found.eraser.user) == (empty.owner, "desk", "archive")


def test_a_clone_holds_what_the_template_held_and_is_thrown_away_even_when_in_use(empty: Addresses) -> None:
    skip_unless_superuser(empty)
    database.drop(empty.owner.for_database("template_of_test"))
    template = database.clone(empty, "template_of_test")
    with psycopg.connect(template.owner.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        connection.execute("GRANT SELECT ON kept TO lipei_app")
    copy = database.clone(template, "copy_of_test")
    connection = psycopg.connect(copy.app.url)
    assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    database.drop(copy.owner)
    connection.close()
    database.drop(template.owner)
    database.drop(template.owner)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(copy.owner.url)
