"""Extensions and the application data in them (RFC 9420 section 7.2, mls-extensions sections 4.6 and 5)."""

import structures
from names import demand

APP_COMPONENTS, SAFE_AAD, LAST_RESORT = 1, 2, 4

# Types that everybody supports and nobody lists (RFC 9420 section 7.2).
DEFAULT_EXTENSIONS = ("application_id", "ratchet_tree", "required_capabilities", "external_pub", "external_senders")
DEFAULT_WIRE_FORMATS = ("mls_public_message", "mls_private_message")
DEFAULT_PROPOSALS = ("add", "update", "remove", "psk", "reinit", "external_init", "group_context_extensions")


def find(extensions: list, kind: str) -> str | None:
    return next((each["extension_data"] for each in extensions if each["extension_type"] == kind), None)


def value_of(extensions: list, kind: str, structure: str):
    data = find(extensions, kind)
    return None if data is None else structures.decode(structure, bytes.fromhex(data))


def dictionary_of(extensions: list) -> dict[int, str]:
    """The data of components, by number."""
    found = value_of(extensions, "app_data_dictionary", "AppDataDictionary")
    entries = [] if found is None else found["component_data"]
    numbers = [entry["component_id"] for entry in entries]
    demand(numbers == sorted(set(numbers)), "components out of order, or a component twice")
    return {entry["component_id"]: entry["data"] for entry in entries}


def with_dictionary(extensions: list, data: dict[int, str]) -> list:
    """The dictionary is where it was; one that nobody had is the last extension."""
    entries = [{"component_id": number, "data": data[number]} for number in sorted(data)]
    encoded = structures.encode("AppDataDictionary", {"component_data": entries}).hex()
    mine = {"extension_type": "app_data_dictionary", "extension_data": encoded}
    if find(extensions, "app_data_dictionary") is None:
        return [*extensions, mine]
    return [mine if each["extension_type"] == "app_data_dictionary" else each for each in extensions]


def components_in(dictionary: dict[int, str], number: int) -> list[int] | None:
    data = dictionary.get(number)
    return None if data is None else structures.decode("ComponentsList", bytes.fromhex(data))["component_ids"]


def demand_distinct(extensions: list) -> None:
    kinds = [each["extension_type"] for each in extensions]
    demand(len(kinds) == len(set(kinds)), "two extensions of one type")
