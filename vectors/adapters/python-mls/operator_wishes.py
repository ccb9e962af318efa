"""What whoever runs the provider wants of it."""

from dataclasses import replace

from fan_out import notify_again
from hosted import Unsupported, keep
from proposing import wished_for
from provider import Turn, read_directory


def wished(turn: Turn, step: dict) -> None:
    wish = step["wish"]
    match wish["type"]:
        case "readDirectory":
            read_directory(turn, wish["of"])
        case "propose":
            wished_for(turn, wish["room"], wish["wish"])
        case "issueCode":
            issue_code(turn, wish["room"], wish["code"])
        case "rotateHubKey":
            # What has been franked before stays with the key that it was franked with.
            past = ((turn.provider.setup["hubKey"], turn.now), *turn.provider.past_hub_keys)
            turn.keep(setup={**turn.provider.setup, "hubKey": wish["hubKey"]}, past_hub_keys=past)
        case "rotateFrankingKey":
            # Groups keep the key that they name.
            turn.keep(
                setup={**turn.provider.setup, "franking": wish["franking"]}, past_franking=turn.provider.franking_keys
            )
            for account in turn.provider.setup["accounts"]:
                for client in account["clients"]:
                    turn.tell(client, {"type": "frankingKey", "key": wish["franking"]["publicKey"]})
        case "crash":
            # All that it keeps, it has stored before it has answered.
            pass
        case "restart":
            notify_again(turn)
        case other:
            raise Unsupported(other)


def issue_code(turn: Turn, uri: str, code: dict) -> None:
    room = turn.provider.hosted[uri]
    keep(turn, replace(room, join_codes=(*room.join_codes, code)))
