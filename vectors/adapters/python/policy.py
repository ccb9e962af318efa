"""Whether a room's policy allows what somebody wants of it (room-policy-04, protocol-06 sections 5.3, 5.4, 5.6 and 7)."""

from changes import Actor, authorise
from founding import demand_contents, demand_fitting
from outcomes import after, demand_apart, demand_outcome, is_pseudonym
from roles import NOBODY, Refused, Room, acting_role, demand, demand_way_in, identity, is_provider

ACTS = {
    "reply": "canReplyToMessage",
    "react": "canReactToMessage",
    "editReaction": "canEditReaction",
    "deleteOwnReaction": "canDeleteOwnReaction",
    "deleteOtherReaction": "canDeleteOtherReaction",
    "editOwn": "canEditOwnMessage",
    "deleteOwn": "canDeleteOwnMessage",
    "deleteOther": "canDeleteOtherMessage",
    "startTopic": "canStartTopic",
    "replyInTopic": "canReplyInTopic",
    "editOwnTopic": "canEditOwnTopic",
    "editOtherTopic": "canEditOtherTopic",
    "link": "canSendLink",
    "linkPreview": "canSendLinkPreview",
    "attachment": "canUploadAttachment",
    "image": "canUploadImage",
    "video": "canUploadVideo",
    "audio": "canUploadAudio",
}


def decide(case: dict) -> dict:
    request = case["request"]
    try:
        REQUESTS[request["kind"]](Room(case["state"]), request)
    except Refused as refusal:
        return {"outcome": "refused", "says": str(refusal)}
    return {"outcome": "allowed"}


def commit(room: Room, request: dict) -> None:
    """What is in the commit by reference counts first: the hub took it before the commit."""
    author, proposals = request["author"], request["proposals"]
    sent = [each for each in proposals if "reference" in each]
    own = [each for each in proposals if "reference" not in each]
    demand(author["kind"] != "provider", "a provider commits nothing")
    check_proposals(room, room, sent, proposals)
    in_between = after(room, sent)
    check_proposals(in_between, room, own, proposals)
    if author["kind"] == "member":
        demand(author["leaf"] in after(room, proposals).members, "commits its own removal")
        demand(author["user"] in in_between.listed, "is not listed")
        demand(not in_between.is_banned(author["user"]), "is banned")
    else:
        joins = [change for each in own for change in each["changes"] if change["kind"] == "joinExternally"]
        demand(bool(joins), "commits without joining")
    check_result(room, proposals)


def propose(room: Room, request: dict) -> None:
    """Pending proposals have changed the room already (protocol-06 section 7.1)."""
    pending, proposals = request["pending"], request["proposals"]
    check_proposals(after(room, pending), room, proposals, pending + proposals)
    check_result(room, pending + proposals)


def check_proposals(room: Room, epoch: Room, proposals: list[dict], together: list[dict]) -> None:
    """Whether each author may do this: who sends it has to be in the group, or come from outside."""
    for proposal in proposals:
        author = proposal["author"]
        same = [each for each in together if identity(each["author"]) == identity(author)]
        whole = [change for each in same for change in each["changes"]]
        if author["kind"] == "member":
            demand(epoch.members.get(author["leaf"], {}).get("client") == author["client"], "is no member")
        elif "reference" in proposal:
            demand(epoch.state.get("operational", {}).get("externalProposalAllowed", True), "no external proposals")
        for change in proposal["changes"]:
            authorise(Actor(room, author, whole), change)


def check_result(room: Room, proposals: list[dict]) -> None:
    changes = [change for each in proposals for change in each["changes"]]
    demand_apart(changes)
    result = after(room, proposals)
    demand_outcome(room, result)
    if any(change["kind"] == "changeComponent" for change in changes):
        demand_fitting(result)


def group_info(room: Room, request: dict) -> None:
    """Who may come in gets what it takes to come in."""
    author = request["requester"]
    user = identity(author)
    demand(author["kind"] != "provider", "a provider does not come in")
    demand(room.state.get("operational", {}).get("externalCommitAllowed", True), "no external commits")
    demand(not room.is_banned(user), "is banned")
    if user in room.listed:
        demand(room.can(acting_role(room, author), "canAddOwnClient"), "canAddOwnClient")
        return
    demand(not room.base.get("fixedMembership"), "the membership is fixed")
    demand(any(leads_to(room, author, role) for role in room.roles), "no way in")


def leads_to(room: Room, author: dict, role: int) -> bool:
    try:
        demand_way_in(room, author, role)
    except Refused:
        return False
    return True


def create(room: Room, request: dict) -> None:
    creator = request["creator"]
    demand(room.role_of(creator) != NOBODY, "the creator is not listed")
    demand(room.base.get("pseudonymsAllowed", True) or not any(map(is_pseudonym, room.listed)), "a pseudonym")
    demand_outcome(Room({**room.state, "participants": [], "members": []}), room)
    demand_contents(room)
    demand_fitting(room)


def send(room: Room, request: dict) -> None:
    user = request["user"]
    demand(bool(room.clients_of(user)), "has no client in the group")
    demand(not room.is_banned(user), "is banned")
    demand(room.can(room.role_of(user), "canSendMessage"), "canSendMessage")


def message(room: Room, request: dict) -> None:
    send(room, request)
    for does in request["acts"]:
        demand(room.can(room.role_of(request["user"]), ACTS[does]), ACTS[does])


def act(room: Room, request: dict) -> None:
    user = request["user"]
    role = room.role_of(user)
    if is_provider(user):
        role = acting_role(room, {"kind": "provider", "domain": user.split("/")[2]})
        demand(role != NOBODY, "is not listed")
    demand(room.can(role, request["capability"]), request["capability"])


REQUESTS = {
    "commit": commit,
    "proposals": propose,
    "groupInfo": group_info,
    "create": create,
    "send": send,
    "message": message,
    "act": act,
}
