"""The state family: dictionaries (mls-extensions 4.7), participant lists (protocol-06 7.5), consent (5.7), claims (5.2)."""

import structures
from structures import Refused


def values(name: str, all_octets: list) -> list:
    return [structures.decode(name, bytes.fromhex(octets)) for octets in all_octets]


# Dictionaries.


def update_dictionary(case: dict) -> dict:
    entries = structures.decode("AppDataDictionary", bytes.fromhex(case.get("dictionary", "00")))["component_data"]
    ids = [entry["component_id"] for entry in entries]
    if ids != sorted(set(ids)):
        raise Refused("components out of order, or a component twice")
    data = {entry["component_id"]: entry["data"] for entry in entries}
    updates = values("AppDataUpdate", case["updates"])
    for component in {update["component_id"] for update in updates}:
        own = [update for update in updates if update["component_id"] == component]
        apply_to_component(case, data, component, own)
    changed = [{"component_id": component, "data": data[component]} for component in sorted(data)]
    return {"dictionary": structures.encode("AppDataDictionary", {"component_data": changed}).hex()}


def apply_to_component(case: dict, data: dict, component: int, own: list) -> None:
    if component not in case["replacing"] + case["appending"]:
        raise Refused("an unknown component")
    if any(update["op"] == "remove" for update in own):
        if len(own) > 1 or component not in data:
            raise Refused("a removal that is not alone, or of what is not there")
        del data[component]
    elif component in case["replacing"]:
        data[component] = own[-1]["update"]
    else:
        data[component] = data.get(component, "") + "".join(update["update"] for update in own)


# Participant lists: indices are those of the list before the commit, whatever else it changes.


def update_participants(case: dict) -> dict:
    before = structures.decode("ParticipantListData", bytes.fromhex(case["list"]))["participants"]
    roles, removed, added, touched = {}, set(), [], set()

    def touch(user: str) -> None:
        if user in touched:
            raise Refused("a user is changed twice")
        touched.add(user)

    def listed(index: int) -> int:
        if index >= len(before):
            raise Refused("an index of nobody")
        touch(before[index]["user"])
        return index

    def role(number: int) -> int:
        if number == 0:
            raise Refused("role 0 stands for not listed")
        return number

    for update in values("ParticipantListUpdate", case["updates"]):
        for change in update["changedRoleParticipants"]:
            roles[listed(change["user_index"])] = role(change["role_index"])
        removed.update(listed(index) for index in update["removedIndices"])
        for pair in update["addedParticipants"]:
            touch(pair["user"])
            role(pair["role_index"])
            if any(each["user"] == pair["user"] for each in before):
                raise Refused("the user is in the list already")
            added.append(pair)
    kept = [
        {**pair, "role_index": roles.get(index, pair["role_index"])}
        for index, pair in enumerate(before)
        if index not in removed
    ]
    return {"list": structures.encode("ParticipantListData", {"participants": kept + added}).hex()}


# Consent, by its scope: requester, target and room (None: any room).


def scope_of(entry: dict) -> tuple:
    room = entry["roomId"]
    return entry["requesterUri"]["uri"], entry["targetUri"]["uri"], None if room is None else room["uri"]


def consent_in_force(case: dict) -> str:
    decided = {}
    for entry in values("ConsentEntry", case["entries"]):
        if entry["consentOperation"] in ("grant", "revoke"):
            decided[scope_of(entry)] = entry["consentOperation"] == "grant"
    users, room = (case["requester"], case["target"]), case.get("room")
    any_room = decided.get((*users, None))
    if decided.get((*users, room), any_room):
        return "granted"
    elsewhere = any(granted for scope, granted in decided.items() if scope[:2] == users)
    return "otherRoom" if elsewhere else "missing"


def follow_consent(case: dict) -> dict:
    states: dict = {}
    return {"effects": [take(states, entry, case["tellsRevocations"]) for entry in values("ConsentEntry", case["entries"])]}


def take(states: dict, entry: dict, tells_revocations: bool) -> str:
    scope = scope_of(entry)
    decision, asked = states.get(scope, (None, False))
    match entry["consentOperation"]:
        case "grant":
            states[scope] = ("granted", False)
            return "conveyGrant"
        case "revoke":
            states[scope] = ("revoked", False)
            return "conveyRevocation" if tells_revocations else "nothing"
        case "request":
            if decision == "granted":
                return "conveyGrant"
            states[scope] = (decision, True)
            # Whoever is denied for any room does not come round by asking for one.
            denied = "revoked" in (decision, states.get((*scope[:2], None), (None,))[0])
            return "nothing" if asked or denied else "showRequest"
        case "cancel":
            states[scope] = (decision, False)
            return "withdrawRequest" if asked and decision is None else "nothing"
    raise Refused("no operation")


# Claims of KeyPackages.


def claim_key_packages(case: dict) -> dict:
    stock = []
    for key_package in case["stock"]:
        if all(key_package["reference"] != other["reference"] for other in stock):
            stock.append(key_package)
    clients = sorted({key_package["client"] for key_package in stock})
    outcome, answer = "", []
    for claim in case["claims"]:
        outcome, answer = answer_claim(stock, clients, claim, case.get("deleted", False))
        spent = [each["reference"] for each in answer]
        stock = [each for each in stock if each["isLastResort"] or each["reference"] not in spent]
    return {"outcome": outcome, "output": {"clients": answer}}


def answer_claim(stock: list, clients: list, claim: dict, deleted: bool) -> tuple:
    if deleted or claim["consent"] != "granted":
        return "noConsent", []
    if stock and all(each["protocol"] != claim["protocol"] for each in stock):
        return "incompatibleProtocol", []
    answer = [material(stock, client, claim) for client in clients]
    given = [each for each in answer if each["status"] == "success"]
    if not given:
        return "noCompatibleMaterial", []
    return "success" if len(given) == len(answer) else "partialSuccess", answer


def material(stock: list, client: str, claim: dict) -> dict:
    alive = [each for each in stock if each["client"] == client and int(each["notAfter"]) > int(claim["now"])]
    fitting = sorted((each for each in alive if fits(each, claim)), key=lambda each: each["isLastResort"])
    if fitting:
        return {"client": client, "status": "success", "reference": fitting[0]["reference"]}
    status = "nothingCompatible" if alive else "keyMaterialExhausted"
    return {"client": client, "status": status, "reference": None}


def fits(key_package: dict, claim: dict) -> bool:
    return (
        key_package["protocol"] == claim["protocol"]
        and key_package["cipherSuite"] in claim["acceptableCiphersuites"]
        and set(claim["requiredCapabilities"]) <= set(key_package["capabilities"])
    )
