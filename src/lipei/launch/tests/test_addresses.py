"""Addresses of databases are read, shown without their password, and handed on without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from lipei.launch.addresses import Address, Addresses
from lipei.launch.trouble import Trouble

SOCKET = Address(host="/tmp/lipei-0-ab", port="5432", user="lipei_app", password="p:@/?#%密", dbname="理赔")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


def test_the_administrator_writes_the_usual_form() -> None:
    address = Address.read("postgresql://lipei:s%40fe@db.example:6543/claims?sslmode=require")
    assert (address.host, address.port, address.user, address.dbname) == ("db.example", "6543", "lipei", "claims")
    assert address.password == "s@fe"
    assert address.options == {"sslmode": "require"}


def test_without_a_port_it_is_the_usual_one() -> None:
    assert Address.read("postgres://lipei@db.example/claims").port == "5432"


@given(user=TEXT, password=TEXT, dbname=TEXT)
def test_what_is_written_as_a_url_is_read_back_the_same(user: str, password: str, dbname: str) -> None:
    address = Address(host="/tmp/s", port="5432", user=user, password=password, dbname=dbname)
    assert Address.read(address.url) == address


def test_libpq_reads_the_same_from_the_url() -> None:
    read = conninfo_to_dict(SOCKET.url)
    assert (read["host"], read["user"], read["password"], read["dbname"]) == (
        SOCKET.host,
        SOCKET.user,
        SOCKET.password,
        SOCKET.dbname,
    )


@pytest.mark.parametrize(
    "text", ["", "claims", "mysql://a@b/c", "postgresql://db.example/claims", "postgresql://a:geheim@b:x/c"]
)
def test_what_is_no_address_is_refused_in_both_languages_without_repeating_a_password(text: str) -> None:
    with pytest.raises(Trouble) as caught:
        Address.read(text)
    assert "postgresql://" in caught.value.words.zh
    assert "geheim" not in caught.value.words.en


def test_a_password_is_never_shown() -> None:
    assert SOCKET.password not in repr(SOCKET)
    assert SOCKET.password not in SOCKET.shown()


def test_the_three_roles_move_to_another_database_together() -> None:
    roles = Addresses(SOCKET, SOCKET, SOCKET).for_database("copy")
    assert {Address.read(url).dbname for url in roles.environment().values()} == {"copy"}
    assert set(roles.environment()) == {"LIPEI_OWNER_DSN", "LIPEI_APP_DSN", "LIPEI_ERASER_DSN"}


def test_django_gets_every_part() -> None:
    settings = SOCKET.django()
    assert (settings["NAME"], settings["HOST"], settings["PASSWORD"]) == (SOCKET.dbname, SOCKET.host, SOCKET.password)
