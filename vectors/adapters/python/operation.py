"""How clients and hubs run a room's group (room-policy-04 section 7.1). Times are in seconds."""


def allows(policy: dict | None, act: dict) -> bool:
    """Without a policy only messages of the current epoch are taken, and everything else is."""
    if policy is None:
        return act["does"] != "takeMessage" or act["epoch"] == act["current"]
    return ACTS[act["does"]](policy, act)


def takes_message(policy: dict, act: dict) -> bool:
    return 0 <= act["current"] - act["epoch"] <= policy["appMessagePolicy"]["epochTolerance"]


def sends_handshake(policy: dict, act: dict) -> bool:
    formats = policy["handshakeFormats"]
    return not formats or act["wireFormat"] in formats


def pads(policy: dict, act: dict) -> bool:
    block = policy["appMessagePolicy"]["padToSize"]
    return block == 0 or act["octets"] % block == 0


def takes_part(policy: dict, act: dict) -> bool:
    mandatory = policy["mandatoryCapabilities"]
    return all(each in act["supports"].get(name, []) for name, wanted in mandatory.items() for each in wanted)


def uses(policy: dict, act: dict) -> bool:
    forbidden = policy["forbiddenCapabilities"]
    return not any(each in forbidden[name] for name, used in act["uses"].items() for each in used)


def is_due(policy: dict, age: int) -> bool:
    return age >= policy["LeafNodeUpdateTime"]["defaultTime"]


ACTS = {
    "takeMessage": takes_message,
    "sendHandshake": sends_handshake,
    "storeKeyPackage": lambda policy, act: act["lifetime"] <= policy["maxKpLifetime"],
    "useCredential": lambda policy, act: act["lifetime"] <= policy["maxCredentialLifetime"],
    "keepLeaf": lambda policy, act: act["age"] <= policy["LeafNodeUpdateTime"]["maximumTime"],
    "pad": pads,
    "takePart": takes_part,
    "use": uses,
}
