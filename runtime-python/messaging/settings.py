"""Settings from the environment: NAME, or NAME_FILE with the path of a file. As in the TypeScript library."""

import atexit
import os
import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import redis

from .errors import ConfigurationError


def read(name: str) -> str | None:
    """The value of a setting without the line break at its end; None when it is not set or empty."""
    value, path = os.environ.get(name) or None, os.environ.get(f"{name}_FILE") or None
    if value is not None and path is not None:
        raise ConfigurationError(f"{name} and {name}_FILE are both set; set one of them.")
    if path is None:
        return value
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().removesuffix("\n") or None
    except OSError as error:
        raise ConfigurationError(f"{name}_FILE: {path} cannot be read: {error.strerror}.") from None


def required(name: str) -> str:
    value = read(name)
    if value is None:
        raise ConfigurationError(f"{name} (or {name}_FILE) is not set.")
    return value


def number(name: str, default: int) -> int:
    value = read(name)
    if value is None:
        return default
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def _file(name: str) -> str | None:
    """A PEM text as the path of a file, which is what the clients take."""
    path = os.environ.get(f"{name}_FILE")
    text = read(name)
    if text is None or path:
        return path or None
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.write(text)
    atexit.register(Path(file.name).unlink, missing_ok=True)
    return file.name


@dataclass(frozen=True)
class RedisSettings:
    url: str
    username: str | None
    password: str | None
    ca: str | None

    @staticmethod
    def of(prefix: str) -> "RedisSettings":
        url = required(f"{prefix}_URL")
        if urlsplit(url).scheme not in ("redis", "rediss"):
            raise ConfigurationError(f"{prefix}_URL must start with redis:// or rediss:// and name a host.")
        return RedisSettings(
            url, read(f"{prefix}_USERNAME"), read(f"{prefix}_PASSWORD"), _file(f"{prefix}_TLS_CA")
        )

    def client(self) -> redis.Redis:
        given: dict[str, Any] = {"username": self.username, "password": self.password}
        if self.ca is not None:
            given |= {"ssl_ca_certs": self.ca}
        # No retries inside the client: a step of unknown outcome is repeated with its token by whoever asked for it.
        return redis.Redis.from_url(
            self.url,
            socket_timeout=10,
            socket_connect_timeout=5,
            health_check_interval=5,
            retry=None,
            **{name: value for name, value in given.items() if value is not None},
        )


@dataclass(frozen=True)
class PostgresSettings:
    url: str
    username: str | None
    password: str | None
    ca: str | None

    @staticmethod
    def of(prefix: str) -> "PostgresSettings":
        return PostgresSettings(
            required(f"{prefix}_URL"),
            read(f"{prefix}_USERNAME"),
            read(f"{prefix}_PASSWORD"),
            _file(f"{prefix}_TLS_CA"),
        )

    def connect(self) -> psycopg.Connection[Any]:
        given: dict[str, Any] = {"user": self.username, "password": self.password}
        if self.ca is not None:
            given |= {"sslmode": "verify-full", "sslrootcert": self.ca}
        return psycopg.connect(
            self.url,
            autocommit=True,
            connect_timeout=5,
            options="-c statement_timeout=10000",
            application_name="brokerloom inbox",
            **{name: value for name, value in given.items() if value is not None},
        )


def broker_url(prefix: str, transport: str) -> tuple[str, dict[str, Any] | None]:
    """The address of the carrier with its credentials, and the options of TLS."""
    url = urlsplit(required(f"{prefix}_URL"))
    allowed = ("redis", "rediss") if transport == "redis" else ("amqp", "amqps")
    if url.scheme not in allowed or not url.hostname:
        raise ConfigurationError(f"{prefix}_URL must start with {allowed[0]}:// or {allowed[1]}:// and name a host.")
    user, password = read(f"{prefix}_USERNAME"), read(f"{prefix}_PASSWORD")
    login = url.netloc.rpartition("@")[0]
    if user is not None or password is not None:
        login = f"{quote(user or '', safe='')}:{quote(password or '', safe='')}"
    host = url.netloc.rpartition("@")[2]
    # The scheme of our own transport: see lists.py.
    scheme = "loomredis" if transport == "redis" else "amqp"
    address = urlunsplit((scheme, f"{login}@{host}" if login else host, url.path, url.query, ""))
    if url.scheme in ("redis", "amqp"):
        return address, None
    ca = _file(f"{prefix}_TLS_CA")
    name = "ssl_" if transport == "redis" else ""
    options: dict[str, Any] = {f"{name}cert_reqs": ssl.CERT_REQUIRED}
    if ca is not None:
        options[f"{name}ca_certs"] = ca
    if transport == "rabbitmq":
        options["server_hostname"] = url.hostname
    return address, options
