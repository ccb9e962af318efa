"""Rooms that a provider hosts, as it keeps them."""

from dataclasses import dataclass, field

import components
from group import Group
from proposals import Rules, no_ephemeral
from provider import Turn


@dataclass(frozen=True)
class Hosted:
    """A room, the group in its epoch, and what has been answered."""

    uri: str
    group: Group
    info: dict
    founders: tuple = ()
    # When proposals have been taken, by reference; the messages that they came in.
    accepted: dict[str, tuple] = field(default_factory=dict)
    answered: dict[tuple, str] = field(default_factory=dict)
    last: int = 0
    # What is on its way to each provider, and waits behind that.
    queues: dict[str, tuple] = field(default_factory=dict)
    # How much of that is on its way, or has to be sent again.
    sending: dict[str, int] = field(default_factory=dict)
    # Those that the operator has given out: `code`, `role`, `multiuser`, perhaps `expiresMs`.
    join_codes: tuple = ()
    # The join code that a client has shown when it asked for the GroupInfo.
    codes: dict[str, str] = field(default_factory=dict)
    # What the hub has wanted itself, while it is pending.
    own: tuple = ()
    # The ReInit that has closed the group.
    agreed: dict | None = None
    # Of a group that follows another: the clients that were in that one, until the first commit.
    former: tuple = ()
    # Somebody who may has ended the room.
    is_ended: bool = False

    @property
    def is_over(self) -> bool:
        return self.is_ended or self.agreed is not None


class Unsupported(Exception):
    """What this seat does not do: the case is skipped."""


class NotAllowed(Exception):
    """The policy of the room says no."""


def rules_at(turn: Turn) -> Rules:
    return Rules(components.updated, no_ephemeral, turn.now // 1000)


def keep(turn: Turn, room: Hosted) -> None:
    turn.keep(hosted={**turn.provider.hosted, room.uri: room})
