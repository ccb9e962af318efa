"""How a hub tells its clients and other providers what has happened in a room (protocol-06 section 5.5)."""

from dataclasses import replace

from hosted import keep
from identifiers import parse_uri
from provider import Turn


def fan_out(turn: Turn, uri: str, events: list) -> None:
    """To own clients at once; to each provider behind what it has not taken yet."""
    for octets, clients in events:
        for client in dict.fromkeys(clients):
            if parse_uri(client)["domain"] == turn.provider.domain:
                turn.tell(client, {"type": "deliver", "room": uri, "message": octets.hex()})
        others = dict.fromkeys(parse_uri(client)["domain"] for client in clients)
        for domain in [each for each in others if each != turn.provider.domain]:
            room = turn.provider.hosted[uri]
            keep(turn, replace(room, queues={**room.queues, domain: (*room.queues.get(domain, ()), octets)}))
            notify(turn, uri, domain)


def notify(turn: Turn, uri: str, domain: str) -> None:
    """What waits, in one request; one request at a time."""
    room = turn.provider.hosted[uri]
    waiting = room.queues.get(domain, ())
    busy = any((each["kind"], each.get("room"), each.get("to")) == ("notify", uri, domain) for each in turn.provider.open.values())
    if not waiting or busy:
        return
    # What has been on its way before comes again as it was.
    count = room.sending.get(domain, len(waiting))
    keep(turn, replace(room, sending={**room.sending, domain: count}))
    what = {"kind": "notify", "room": uri, "to": domain}
    turn.post(domain, "notify", uri, b"".join(waiting[:count]).hex(), what)


def notify_again(turn: Turn) -> None:
    """After a restart: nobody knows what has become of what was on its way."""
    known = {exchange: what for exchange, what in turn.provider.open.items() if what["kind"] != "notify"}
    turn.keep(open=known)
    for uri, room in turn.provider.hosted.items():
        for domain in room.queues:
            notify(turn, uri, domain)


def event_taken(turn: Turn, what: dict, status: int | None) -> None:
    uri, domain = what["room"], what["to"]
    if status != 201:
        return
    room = turn.provider.hosted[uri]
    rest = room.queues[domain][room.sending[domain] :]
    sending = {name: count for name, count in room.sending.items() if name != domain}
    keep(turn, replace(room, queues={**room.queues, domain: rest}, sending=sending))
    notify(turn, uri, domain)
