"""Searches among a provider's users (protocol-06 section 5.8)."""

import structures

PARTIAL = {"partialName", "wholeProfile"}
NAMES = {
    "oidcStdClaim": {"name", "given_name", "family_name", "middle_name", "nickname"},
    "vcardField": {"FN", "N", "NICKNAME"},
}


def search(case: dict) -> dict:
    elements = structures.decode("IdentifierRequest", bytes.fromhex(case["query"]))["query_elements"]
    refusal = refusal_of(case["policy"], [element["searchType"] for element in elements])
    if refusal is not None:
        return {"outcome": refusal, "output": {"uris": []}}
    found = [user for user in case["users"] if all(matches(user["profile"], element) for element in elements)]
    if not found:
        return {"outcome": "notFound", "output": {"uris": []}}
    if len(found) > case["policy"]["mostMatches"]:
        return {"outcome": "ambiguous", "output": {"uris": []}}
    return {"outcome": "success", "output": {"uris": [user["user"] for user in found]}}


def refusal_of(policy: dict, types: list[str]) -> str | None:
    if policy["queries"] == "closed" or not types:
        return "forbidden"
    if any(each not in policy["searchTypes"] for each in types):
        return "unsupportedField"
    if any(set(together) <= set(types) for together in policy["forbiddenTogether"]):
        return "forbidden"
    return "ambiguous" if policy["demandsExact"] and set(types) <= PARTIAL else None


def matches(profile: list[dict], element: dict) -> bool:
    kind, wanted = element["searchType"], element["searchValue"]
    if kind in PARTIAL:
        partly = [entry for entry in profile if entry["searchable"] == "partial"]
        if kind == "wholeProfile":
            return wanted != "" and any(wanted in entry["value"] for entry in partly)
        names = [entry for entry in partly if entry["name"] in NAMES.get(entry["source"], ())]
        return wanted != "" and any(wanted.lower() in entry["value"].lower() for entry in names)
    return any(has(entry, element) for entry in profile if entry["searchable"] != "never")


def has(entry: dict, element: dict) -> bool:
    kind, wanted = element["searchType"], element["searchValue"]
    if kind in ("oidcStdClaim", "vcardField"):
        name = element["claimName" if kind == "oidcStdClaim" else "propertyName"]
        return (entry["source"], entry["name"], entry["value"]) == (kind, name, wanted)
    if entry["source"] != "account":
        return False
    if kind == "nick":
        user = entry["value"].removeprefix("im:").partition("@")[0]
        return wanted == (user if entry["name"] == "handle" else entry["value"]) and entry["name"] in ("handle", "nick")
    return entry["name"] == kind and lower_domain(entry["value"]) == lower_domain(wanted)


def lower_domain(address: str) -> str:
    """Domains have no case; a telephone number has no domain."""
    user, at, domain = address.rpartition("@")
    return user + at + domain.lower()
