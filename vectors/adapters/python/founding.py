"""Whether a policy may be so at all, of a new room or of one that changes it (room-policy-04 sections 5, 6 and 8.1.1)."""

from roles import BANNED, NOBODY, Room, demand

COMPONENTS = {
    "operational": 36,
    "roles": 37,
    "preauthorized": 38,
    "base": 39,
    "statusNotifications": 40,
    "joinLinkPolicy": 41,
    "joinLinks": 42,
    "linkPreview": 43,
    "assets": 44,
    "logging": 45,
    "history": 46,
    "bots": 47,
    "expiration": 48,
}
POLICIES = [number for name, number in COMPONENTS.items() if name != "base"]
OPTIONAL = [number for name, number in COMPONENTS.items() if name not in ("base", "roles")]
LIMITS = (
    ("minimumParticipants", "maximumParticipants"),
    ("minimumActiveParticipants", "maximumActiveParticipants"),
)
WAYS_IN = ("canOpenJoin", "canJoinIfPreauthorized", "canUseJoinCode")
PROXY_NEEDED = ("required", "optional")


def demand_contents(room: Room) -> None:
    """Raises Refused where a component is not what the draft has it be, whatever the others are."""
    for rule in (limits, previews, downloads, logging, expiration, operational):
        rule(room)


def demand_fitting(room: Room) -> None:
    """Raises Refused where components do not fit each other, or the hub."""
    for rule in (roles, preauthorisations, base, components, envelope, links, uploads, history, bots):
        rule(room)


def limits(room: Room) -> None:
    demand(len(room.roles) == len(room.state["roles"]), "two roles with one index")
    for role in room.roles.values():
        for least, most in LIMITS:
            demand(role[least] <= role.get(most, role[least]), "a role needs more than it has room for")


def roles(room: Room) -> None:
    for index, role in room.roles.items():
        if room.can(index, "canOpenJoin"):
            demand(index == NOBODY, "canOpenJoin is for role 0")
            demand(any(each["from"] == NOBODY for each in role["roleChanges"]), "canOpenJoin leads nowhere")


def preauthorisations(room: Room) -> None:
    entries = room.state.get("preauthorized", [])
    demand(all(entry["role"]["index"] in room.roles for entry in entries), "no such role")


def base(room: Room) -> None:
    policy = room.base
    if policy.get("fixedMembership"):
        exempt = (NOBODY, BANNED) if room.has_banned() else (NOBODY,)
        adding = [index for index in room.roles if room.can(index, "canAddParticipant")]
        demand(all(index in exempt for index in adding), "a fixed list has a way in")
        ways = [index for index in room.roles for way in WAYS_IN if room.can(index, way)]
        demand(not ways, "a fixed list has a way in")
    if not policy:
        return
    parents = policy["parentRoom"]
    demand(len(parents) == (1 if policy["parentDependant"] else 0), "parent_room is there exactly with parent_dependant")
    for parent in parents:
        uri = parent if isinstance(parent, str) else parent["uri"]
        demand("hub" not in room.state or uri.split("/")[2] == room.state["hub"], "the parent is on another hub")


def components(room: Room) -> None:
    """The base policy lists the room's other policies."""
    listed = room.base.get("policyComponentIds")
    if listed is None:
        return
    had = [number for number in room.state.get("components", []) if number in POLICIES]
    named = [number for name, number in COMPONENTS.items() if name in room.state and name not in ("base", "roles")]
    demand(all(number in listed for number in {*had, *named}), "a policy that is not listed")


def envelope(room: Room) -> None:
    bounds = room.state.get("envelope", {})
    for name in ("maxUsers", "maxClients"):
        if name in bounds:
            demand(name in room.base and room.base[name] <= bounds[name], f"{name} beyond the hub's")
    for name, value in bounds.get("base", {}).items():
        demand(room.base.get(name) == value, f"{name} is not as the hub has it")
    if "components" in bounds:
        present = [number for number in room.state.get("components", []) if number in OPTIONAL]
        demand(all(number in bounds["components"] for number in present), "a component that the hub does not admit")


def links(room: Room) -> None:
    if room.state.get("joinLinkPolicy", {}).get("onRequest"):
        demand(len(room.state.get("joinLinks", [])) <= 1, "one link at most")


def previews(room: Room) -> None:
    policy = room.state.get("linkPreview")
    if policy is None:
        return
    demand(policy["autodetectHyperlinksInText"] != "required", "nobody has to detect links")
    if policy["linkPreviewProxyUse"] in PROXY_NEEDED:
        demand(any(named(proxy) for proxy in policy.get("linkPreviewProxy", [])), "no proxy")


def named(uri: str | dict) -> bool:
    return bool(uri if isinstance(uri, str) else uri["uri"])


def downloads(room: Room) -> None:
    if "assets" not in room.state:
        return
    policy, privacy = room.state["assets"], room.state["assets"]["downloadPrivacy"]
    usual = privacy["defaultDownloadType"]
    demand(usual in privacy["allowedDownloadTypes"], "the default is not allowed")
    demand(usual not in privacy["forbiddenDownloadTypes"], "the default is forbidden")
    at_hub = policy["assetUploadLocation"] == "hub"
    demand(not at_hub or len(policy["uploadDomains"]) == 1, "the hub alone has domains")


def uploads(room: Room) -> None:
    policy = room.state.get("assets")
    if policy is not None and policy["assetUploadLocation"] == "hub" and "hub" in room.state:
        providers = {entry["provider"]["domain"] for entry in policy["uploadDomains"]}
        demand(providers <= {room.state["hub"]}, "another provider than the hub")


def logging(room: Room) -> None:
    policy = room.state.get("logging")
    if policy is None or policy["logging"] == "forbidden":
        return
    clients = [client["uri"] for client in policy["loggingClients"]]
    demand(policy["logging"] != "required" or any(clients), "nobody logs")
    providers = [client.split("/")[2] for client in clients]
    demand(len(set(providers)) == len(providers), "two clients of one provider log")


def history(room: Room) -> None:
    policy = room.state.get("history", {"historySharing": "forbidden"})
    if policy["historySharing"] == "forbidden":
        return
    for index in policy["rolesThatCanShare"]:
        demand(index not in (NOBODY, BANNED), "role 0 or 1 shares history")
        demand(index in room.roles, "no such role")
        demand(room.roles[index].get("maximumActiveParticipants") != 0, "a role without clients shares history")


def bots(room: Room) -> None:
    for bot in room.state.get("bots", {"allowedBots": []})["allowedBots"]:
        demand(bot["botRoleIndex"] == NOBODY or bot["botRoleIndex"] in room.roles, "no such role")
        demand(not bot["localClientBot"] or bot["botRoleIndex"] == NOBODY, "a local bot has role 0")


def expiration(room: Room) -> None:
    policy = room.state.get("expiration", {"expiringMessages": "forbidden"})
    if policy["expiringMessages"] != "forbidden":
        bounds = policy["minExpirationDuration"], policy["maxExpirationDuration"]
        usual = policy.get("defaultExpirationDuration", bounds[0])
        demand(bounds[0] <= usual <= bounds[1], "the times are out of order")


def operational(room: Room) -> None:
    """Times in order, and nothing both mandatory and forbidden."""
    policy = room.state.get("operational")
    if policy is None:
        return
    for name in ("LeafNodeUpdateTime", "senderNonceKeypairLifetime", "bufferIncomingMessageTime"):
        times = [policy[name][each] for each in ("minimumTime", "defaultTime", "maximumTime")]
        demand(times == sorted(times), f"{name} is out of order")
    pending = policy["pendingProposalPolicy"]
    if pending["pendingProposalStrategy"] == "random_delay":
        demand(pending["minimumDelayMs"] <= pending["maximumDelayMs"], "the delay is out of order")
    forbidden = policy["forbiddenCapabilities"]
    for name, wanted in policy["mandatoryCapabilities"].items():
        demand(not any(each in forbidden.get(name, []) for each in wanted), f"{name} are mandatory and forbidden")
