"""A provider in its seat: requests of others, its clients, and what it passes on (vectors/README.md, Flows)."""

import json
import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

import identifiers
from names import demand
from structures import Refused

DIRECTORY = "/.well-known/mimi-protocol-directory"
MOST_READINGS = 12


@dataclass(frozen=True)
class Provider:
    """What it keeps. Nothing here is changed in place."""

    setup: dict
    # Endpoints of others, by domain, as parse_directory has them.
    peers: dict[str, dict] = field(default_factory=dict)
    # How many requests have gone to whom; what each that is open is for, by its exchange.
    sent: dict[str, int] = field(default_factory=dict)
    open: dict[str, dict] = field(default_factory=dict)
    # KeyPackages in stock: `client`, `octets`, in the order in which they have come.
    stock: tuple[dict, ...] = ()
    # The clients that have ever had some there.
    stored: frozenset = frozenset()
    # For which room a KeyPackage has been handed out, by its reference: (client, room).
    handed: dict[str, tuple] = field(default_factory=dict)
    # The own clients in a room, and the events that have come of it.
    rooms: dict[str, tuple] = field(default_factory=dict)
    heard: dict[str, frozenset] = field(default_factory=dict)
    # The rooms that are hosted here, by their URIs.
    hosted: dict = field(default_factory=dict)
    # What users have decided about others, and whether they have been asked, by (requester, target, room).
    consents: dict = field(default_factory=dict)
    # The consent that own users have asked others for, and that has reached these.
    asked: frozenset = frozenset()
    # Key pairs that franks have been signed with before, and hub keys with the time that they were in use until.
    past_franking: tuple[dict, ...] = ()
    past_hub_keys: tuple[tuple[str, int], ...] = ()
    # How many tokens for lookups each user has had, by day.
    tokens: dict[tuple, int] = field(default_factory=dict)
    # Downloads that are kept for others, and until when.
    assets: dict[str, tuple] = field(default_factory=dict)
    # What waits for a client that is away.
    away: dict[str, tuple] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        return self.setup["domain"]

    @property
    def franking_keys(self) -> tuple[dict, ...]:
        return (self.setup["franking"], *self.past_franking)


class Turn:
    """One step: the provider as it becomes, and what it does."""

    def __init__(self, provider: Provider, now: int) -> None:
        self.provider, self.now = provider, now
        self.outputs: list[dict] = []

    def keep(self, **changes) -> None:
        self.provider = replace(self.provider, **changes)

    def answer(self, exchange: str, status: int, body: str = "") -> None:
        self.outputs.append({"kind": "answer", "exchange": exchange, "status": status, "body": body})

    def tell(self, client: str, message: dict) -> None:
        away = self.provider.away
        if client in away:
            self.keep(away={**away, client: (*away[client], message)})
        else:
            self.outputs.append({"kind": "client", "to": client, "message": message})

    def answer_client(self, asked: dict, status: int, body: str = "") -> None:
        self.tell(asked["client"], {"type": "answer", "id": asked["id"], "status": status, "body": body})

    def ask(self, to: str, method: str, path: str, body: str, what: dict) -> None:
        count = self.provider.sent.get(to, 0) + 1
        exchange = f"to {to} {count}"
        self.keep(sent={**self.provider.sent, to: count}, open={**self.provider.open, exchange: what})
        request = {"kind": "request", "exchange": exchange, "to": to, "method": method, "path": path, "body": body}
        self.outputs.append(request)

    def post(self, to: str, endpoint: str, identifier: str, body: str, what: dict) -> bool:
        """At the endpoint that the other's directory names; not where that is not known."""
        directory = self.provider.peers.get(to, {})
        if endpoint not in directory:
            return False
        url = identifiers.endpoint_url(directory, endpoint, identifier)
        self.ask(to, "POST", re.sub(r"^https://[^/]*", "", url), body, what)
        return True

    def done(self) -> list[dict]:
        """What goes to different receivers has no order."""
        return sorted(self.outputs, key=receiver)


def receiver(output: dict) -> tuple[str, str]:
    return output["kind"], output["exchange" if output["kind"] == "answer" else "to"]


# Directories (protocol-06 section 5.1).


def read_directory(turn: Turn, of: str, attempt: int = 1) -> None:
    turn.ask(of, "GET", DIRECTORY, "", {"kind": "directory", "of": of, "attempt": attempt})


def directory_read(turn: Turn, what: dict, status: int | None, body: str) -> None:
    if status == 200:
        endpoints = identifiers.parse_directory(bytes.fromhex(body).decode("utf-8"))
        turn.keep(peers={**turn.provider.peers, what["of"]: endpoints})
    elif what["attempt"] < MOST_READINGS:
        read_directory(turn, what["of"], what["attempt"] + 1)


def endpoint_of(provider: Provider, path: str) -> tuple[str, str]:
    """Which of its own endpoints a path is, and the identifier in it."""
    for name, template in json.loads(provider.setup["directory"]).items():
        pattern = re.escape(re.sub(r"^https://[^/]*", "", template))
        found = re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "([^/]+)", pattern), path)
        if found:
            return name, unquote(found[1])
    raise Refused("there is no such endpoint")


def demand_honest(provider: Provider, step: dict) -> None:
    """It comes from whom TLS has authenticated, and is for this provider (protocol-06 section 4.1)."""
    sender = step["from"].rpartition("@")[2]
    demand(sender == step["peer"], "the From header names another provider")
    demand(step["host"] in (provider.domain, f"mimi.{provider.domain}"), "a request for another provider")
