"""Plays flows in a client's seat. Cases that begin alike are played once: a seat never changes."""

from room import Seat
from seat import stepped


class Player:
    """Keeps the last flow that was played, with the seats after each of its steps."""

    def __init__(self) -> None:
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
            self.setup, self.steps, self.seats, self.outputs = case["setup"], [], [Seat(case["setup"])], []
        common = 0
        while common < min(len(steps), len(self.steps)) and steps[common] == self.steps[common]:
            common += 1
        seats, outputs = self.seats[: common + 1], self.outputs[:common]
        for step in steps[common:]:
            seat, output = stepped(seats[-1], step)
            seats.append(seat)
            outputs.append(output)
        if "change" not in case:
            self.steps, self.seats, self.outputs = steps, seats, outputs
        return {"steps": outputs, "last": outputs[-1] if outputs else None}


OPERATIONS = {"flow.client": (Player().play, "played")}
