"""A provider in its seat: what reaches it, one step after the other (vectors/README.md, Flows)."""

from answers import answered
from fan_out import notify
from introductions import begun
from operator_wishes import wished
from other_providers import requested
from own_clients import said
from provider import Provider, Turn


def take(setup: dict) -> Provider:
    return Provider(setup, consents=begun(setup))


def stepped(provider: Provider, step: dict) -> tuple[Provider, list[dict]]:
    turn = Turn(provider, step["at"])
    STEPS[step["kind"]](turn, step)
    return turn.provider, turn.done()


def retried(turn: Turn, step: dict) -> None:
    notify(turn, step["room"], step["provider"])


STEPS = {
    "request": requested,
    "client": said,
    "answer": answered,
    "noAnswer": answered,
    "operator": wished,
    "retry": retried,
}
