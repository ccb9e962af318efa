"""Downloads through a hub, which proxies them or opens them at its gateway (protocol-06 section 5.10)."""

import re

from identifiers import endpoint_url
from loop import REFUSALS
from oblivious import key_configuration, opened, sealed_response
from provider import Turn

GATEWAY = "/.well-known/ohttp-gateway"
KEPT = 600_000
ASSET = re.compile(r"https://([a-z0-9.-]+)(/[^#]*)")


def wanted(turn: Turn, what: dict, hub: str, url: str) -> None:
    """An own client wants an asset through a hub."""
    if hub == turn.provider.domain:
        fetch(turn, what, url)
    elif cached(turn, url) is not None:
        turn.answer_client(what, 200, cached(turn, url))
    elif "proxyDownload" in turn.provider.peers.get(hub, {}):
        there = endpoint_url(turn.provider.peers[hub], "proxyDownload", url)
        turn.ask(hub, "GET", re.sub(r"^https://[^/]*", "", there), "", {**what, "keeps": url})
    else:
        turn.answer_client(what, 502)


def relayed(turn: Turn, what: dict, hub: str, body: str) -> None:
    """For a hub's gateway, unread; without a body, for the gateway's key."""
    if hub == turn.provider.domain:
        at_gateway(turn, what, body)
    else:
        turn.ask(hub, "POST" if body else "GET", GATEWAY, body, what)


def at_gateway(turn: Turn, what: dict, body: str) -> None:
    gateway = turn.provider.setup["gateway"]
    if not body:
        reply(turn, what, 200, key_configuration(gateway).hex())
        return
    try:
        url, keys = opened(gateway, bytes.fromhex(body))
    except REFUSALS:
        reply(turn, what, 400, "")
        return
    fetch(turn, {**what, "sealed": keys}, url)


def fetch(turn: Turn, what: dict, url: str) -> None:
    """From the hosts that providers have for their assets, and from nowhere else."""
    place = ASSET.fullmatch(url)
    hosts = [host for listed in turn.provider.setup["assetHosts"].values() for host in listed]
    if place is None or place[1] not in hosts:
        give(turn, what, 403, "")
    elif cached(turn, url) is not None:
        give(turn, what, 200, cached(turn, url))
    else:
        turn.ask(place[1], "GET", place[2], "", {"kind": "fetched", "for": what, "url": url})


def fetched(turn: Turn, what: dict, status: int | None, body: str) -> None:
    if status == 200:
        keep_asset(turn, what["url"], body)
    # Redirects lead to places that nobody has looked at.
    told = 504 if status is None else 502 if 300 <= status < 400 else status
    give(turn, what["for"], told, body if status == 200 else "")


def give(turn: Turn, what: dict, status: int, body: str) -> None:
    if "sealed" in what:
        reply(turn, what, 200, sealed_response(what["sealed"], status, bytes.fromhex(body)).hex())
    else:
        reply(turn, what, status, body)


def reply(turn: Turn, what: dict, status: int, body: str) -> None:
    """To the provider that has asked, or to an own client."""
    if "exchange" in what:
        turn.answer(what["exchange"], status, body)
    else:
        turn.answer_client(what, status, body)


def cached(turn: Turn, url: str) -> str | None:
    body, until = turn.provider.assets.get(url, (None, 0))
    return body if turn.now < until else None


def keep_asset(turn: Turn, url: str, body: str) -> None:
    turn.keep(assets={**turn.provider.assets, url: (body, turn.now + KEPT)})
