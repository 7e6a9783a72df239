"""Addresses of the database: one for each of the three roles, read from text and handed on to psycopg, Django and
child processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from lipei.launch.trouble import Trouble
from lipei.terms.words import Words

DATABASE = "lipei"
OWNER, APP, ERASER = "lipei_owner", "lipei_app", "lipei_eraser"
ROLES = (OWNER, APP, ERASER)
PORT = "5432"
"""The port; for a Unix socket only a part of the file's name."""
SCHEMES = ("postgresql", "postgres")

ADDRESS_WRONG = Words(
    zh="数据库地址无法识别。请写成 postgresql://用户:密码@主机:端口/库名 的形式（密码中的特殊字符用百分号编码）。",
    en="This database address cannot be read. Write it as postgresql://user:password@host:port/database "
    "(special characters in the password percent-encoded).",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where one role reaches one database; `host` is a machine's name or the folder of a Unix socket."""

    host: str
    port: str
    user: str
    password: str = field(repr=False)
    dbname: str
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Address:
        """The address written as `postgresql://user:password@host:port/database?sslmode=require`.

        Raises `Trouble` when it is not such an address; the text itself is not repeated, for it holds a password.
        """
        parts = urlsplit(text.strip())
        query = dict(parse_qsl(parts.query))
        host = query.pop("host", "") or unquote(parts.hostname or "")
        dbname = query.pop("dbname", "") or unquote(parts.path.lstrip("/"))
        user = query.pop("user", "") or unquote(parts.username or "")
        if parts.scheme not in SCHEMES or not (host and dbname and user):
            raise Trouble(ADDRESS_WRONG)
        port = query.pop("port", "") or _port_of(parts.netloc)
        password = query.pop("password", "") or unquote(parts.password or "")
        return cls(host=host, port=port, user=user, password=password, dbname=dbname, options=query)

    @property
    def url(self) -> str:
        """The address as a URL that psycopg, libpq and `Address.read` understand."""
        query = {"host": self.host, "port": self.port, **self.options}
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return f"postgresql://{login}@/{quote(self.dbname, safe='')}?{urlencode(query, quote_via=quote, safe='')}"

    def django(self) -> dict[str, object]:
        """The address as an entry of Django's `DATABASES`."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.dbname,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
        }

    def environment(self) -> dict[str, str]:
        """The address as libpq's environment variables, for the programs that must not show a password in the list
        of processes."""
        known = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.dbname,
        }
        return known | {f"PG{name.upper()}": value for name, value in self.options.items() if name.startswith("ssl")}

    def for_database(self, dbname: str) -> Address:
        """The same role at another database of the same server."""
        return replace(self, dbname=dbname)

    def for_role(self, user: str, password: str) -> Address:
        """Another role at the same database."""
        return replace(self, user=user, password=password)

    def shown(self) -> str:
        """The address without its password, for people."""
        return f"{self.user}@{self.host}:{self.port}/{self.dbname}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The three roles at one database: `owner` migrates, `app` works, `eraser` erases what retention orders."""

    owner: Address
    app: Address
    eraser: Address

    def for_database(self, dbname: str) -> Addresses:
        """The same roles at another database of the same server."""
        return Addresses(*(address.for_database(dbname) for address in (self.owner, self.app, self.eraser)))

    def environment(self) -> dict[str, str]:
        """What a child process is told: everything that `lipei.site.settings` reads about the database."""
        return {
            "LIPEI_OWNER_DSN": self.owner.url,
            "LIPEI_APP_DSN": self.app.url,
            "LIPEI_ERASER_DSN": self.eraser.url,
        }


def _port_of(netloc: str) -> str:
    """The port as written; `urlsplit` would raise an error that repeats the text."""
    tail = netloc.rpartition("@")[2].rpartition("]")[2].rpartition(":")
    if not tail[1]:
        return PORT
    if not tail[2].isdecimal():
        raise Trouble(ADDRESS_WRONG)
    return tail[2]
