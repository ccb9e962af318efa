"""Plays flows in a seat. Cases that begin alike are played once: a seat never changes."""

import provider_seat
import seat
from hosted import Unsupported
from room import Seat


class Player:
    """Keeps the last flow that was played, with the seats after each of its steps."""

    def __init__(self, take, stepped) -> None:
        self.take, self.stepped = take, stepped
        self.setup: dict | None = None
        self.steps: list = []
        self.seats: list = []
        self.outputs: list = []

    def play(self, case: dict) -> dict:
        steps = list(case["steps"])
        if "change" in case:
            change = case["change"]
            steps[change["at"] : change["at"] + change["remove"]] = change["insert"]
        steps = steps[: case.get("play", len(steps))]
        if case["setup"] != self.setup:
            self.setup, self.steps, self.seats, self.outputs = case["setup"], [], [self.take(case["setup"])], []
        common = 0
        while common < min(len(steps), len(self.steps)) and steps[common] == self.steps[common]:
            common += 1
        seats, outputs = self.seats[: common + 1], self.outputs[:common]
        for step in steps[common:]:
            taken, output = self.stepped(seats[-1], step)
            seats.append(taken)
            outputs.append(output)
        if "change" not in case:
            self.steps, self.seats, self.outputs = steps, seats, outputs
        return {"outcome": "played", "output": {"steps": outputs, "last": outputs[-1] if outputs else None}}

    def answer(self, case: dict) -> dict:
        try:
            return self.play(case)
        except Unsupported as error:
            return {"outcome": "unsupported", "says": str(error)}


OPERATIONS = {
    "flow.client": (Player(Seat, seat.stepped).answer, None),
    **{
        f"flow.{kind}": (Player(provider_seat.take, provider_seat.stepped).answer, None)
        for kind in ("hub", "follower", "requester", "target")
    },
}
