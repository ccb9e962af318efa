"""How clients conduct themselves in a room (room-policy-04 sections 6 and 7.1)."""

import operation

LIMITS = {"image": "maxImage", "audio": "maxAudio", "video": "maxVideo", "attachment": "maxAttachment"}
SETTINGS = {
    "detectLinks": "autodetectHyperlinksInText",
    "sendPreview": "sendLinkPreviews",
    "makePreview": "automaticLinkPreviews",
}


def conduct(case: dict) -> str:
    return "allowed" if allows(case["policy"], case["act"]) else "refused"


def allows(policy: dict, act: dict) -> bool:
    does = act["does"]
    if does in operation.ACTS:
        return operation.allows(policy.get("operational"), act)
    if does == "notify":
        return fits(notification_rule(policy, act["kind"]), act["done"])
    if does in SETTINGS:
        return "linkPreview" not in policy or allows_preview(policy["linkPreview"], act)
    if does == "sendAsset":
        return "assets" not in policy or allows_asset(policy["assets"], act)
    if does == "download":
        return "assets" not in policy or allows_download(policy["assets"]["downloadPrivacy"], act["way"])
    if does == "shareHistory":
        return allows_history(policy.get("history", {"historySharing": "forbidden"}), act)
    if does == "sendMessage":
        return "expiration" not in policy or allows_expiry(policy["expiration"], act.get("expiresAfter"))
    return allows_bot(policy.get("bots", {"allowedBots": []})["allowedBots"], act)


def fits(rule: str, done: bool) -> bool:
    """Whether something may be done, or left."""
    return rule != ("forbidden" if done else "required")


def notification_rule(policy: dict, kind: str) -> str:
    settings = policy.get("statusNotifications", {})
    return settings.get("deliveryNotifications" if kind == "delivery" else "readReceipts", "optional")


def allows_preview(settings: dict, act: dict) -> bool:
    if not fits(settings[SETTINGS[act["does"]]], act["done"]):
        return False
    if not act["done"] or "throughProxy" not in act:
        return True
    return fits(settings["linkPreviewProxyUse"], act["throughProxy"])


def allows_asset(assets: dict, act: dict) -> bool:
    if assets["assetUploadLocation"] != "unspecified" and act["host"] not in hosts_for(assets, act["senderDomain"]):
        return False
    if act["size"] > assets[LIMITS[act["kind"]]]:
        return False
    if any(covers(entry, act["mediaType"]) for entry in assets["forbiddenMediaTypes"]):
        return False
    permitted = assets.get("permittedMediaTypes")
    return permitted is None or any(covers(entry, act["mediaType"]) for entry in permitted)


def hosts_for(assets: dict, domain: str) -> list[str]:
    at_hub = assets["assetUploadLocation"] == "hub"
    entries = [entry for entry in assets["uploadDomains"] if at_hub or entry["provider"]["domain"] == domain]
    return [host["domain"] for entry in entries for host in entry["assetUploadDestinations"]]


def covers(entry: dict, media_type: dict) -> bool:
    """An entry without parameters stands for any parameters."""
    if entry["type"].lower() != media_type["type"].lower():
        return False
    return not entry["parameters"] or parameters(entry) == parameters(media_type)


def parameters(media_type: dict) -> list[tuple[str, str]]:
    return sorted((each["parameterName"].lower(), each["parameterValue"]) for each in media_type["parameters"])


def allows_download(privacy: dict, way: str) -> bool:
    return way in privacy["allowedDownloadTypes"] and way not in privacy["forbiddenDownloadTypes"]


def allows_history(history: dict, act: dict) -> bool:
    if history["historySharing"] == "forbidden" or act["role"] not in history["rolesThatCanShare"]:
        return False
    if act["automatically"] and not history["automaticallyShare"]:
        return False
    return act["age"] <= history["maxTimePeriod"]


def allows_expiry(expiration: dict, seconds: int | None) -> bool:
    rule = expiration["expiringMessages"]
    if not fits(rule, seconds is not None):
        return False
    if seconds is None:
        return True
    return expiration["minExpirationDuration"] <= seconds <= expiration["maxExpirationDuration"]


def allows_bot(bots: list[dict], act: dict) -> bool:
    bot = next((each for each in bots if each["name"] == act["bot"]), None)
    if bot is None:
        return False
    if act["does"] == "botTargetsMessage":
        return bot["canTargetMessageInGroup"]
    if act["does"] == "botSendsPerUserContent":
        return bot["perUserContent"]
    return not bot["localClientBot"] and bot["botRoleIndex"] == act["role"]


def choose(case: dict) -> dict:
    policy, question = case["policy"], case["question"]
    if question["asks"] == "notify":
        rule = notification_rule(policy, question["kind"])
        return chosen(question["userLikes"] if rule == "optional" else rule == "required")
    if question["asks"] == "renewLeaf":
        return chosen(operation.is_due(policy["operational"], question["age"])) if "operational" in policy else {"outcome": "open"}
    if question["asks"] == "downloadWay":
        return chosen(policy["assets"]["downloadPrivacy"]["defaultDownloadType"] if "assets" in policy else "ohttp")
    assets = policy.get("assets", {"assetUploadLocation": "unspecified"})
    if assets["assetUploadLocation"] == "unspecified":
        return {"outcome": "open"}
    hosts = hosts_for(assets, question["user"].split("/")[2])
    return chosen(hosts[0]) if hosts else {"outcome": "open"}


def chosen(choice: bool | str) -> dict:
    return {"outcome": "chosen", "output": {"choice": choice}}
