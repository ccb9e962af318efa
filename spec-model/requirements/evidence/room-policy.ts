/** What shows that the model obeys room-policy-04. */
import { type EvidenceByRequirement, rulesOf, testsOf } from "./links.ts";

const rule = rulesOf("room/policy/rules.ts");
const capabilities = testsOf("spec-model/room/policy/capabilities");
const result = testsOf("spec-model/room/policy/result");
const together = testsOf("spec-model/room/policy/together");
const enumeration = testsOf("spec-model/room/policy/enumeration");
const cooperative = testsOf("spec-model/room/policy/cooperative-room");
const examples = testsOf("spec-model/room/examples/examples");
const components = testsOf("spec-model/room/components/components");
const conduct = testsOf("spec-model/room/conduct/conduct");
const structures = testsOf("spec-model/room/structures/policies");
const claims = testsOf("spec-model/credentials/claims");
const entry = testsOf("spec-model/room/policy/entry");
const granted = testsOf("spec-model/requirements/room-policy");
const hub = testsOf("spec-model/hub/room-machine");
const quietRoom = testsOf("simulator/scenarios/quiet-room");

/** The capability authorises what it is for, and nothing else, in commits and as proposals. */
const authorises = (name: string) =>
  [
    capabilities("%s authorises what it is for in a commit, and nothing else", name),
    capabilities("%s authorises the same when proposed as when committed", name),
  ] as const;
/** Who holds the capability may do what it is named after, and nobody else may. */
const permits = (name: string) =>
  capabilities("%s lets its holder do the act of its name, and no other", name);
/** All pairs of roles, and the numbers around every limit, against a table. */
const everyRoleChange = enumeration(
  "is allowed exactly where the table says so, in a commit and as proposals",
);
/** The story ends as it says, with every property that is checked in a run. */
const scenario = (name: string) =>
  testsOf("simulator/scenarios/every-scenario")("%s ends as it should", name);

export const roomPolicyEvidence: EvidenceByRequirement = {
  // §3
  "room-policy-3-absent-maximum": [structures("have optional maxima with a presence octet")],
  "room-policy-3-zero-minimum": [everyRoleChange],
  "room-policy-3-constraints": [
    rule("role-limits"),
    everyRoleChange,
    result("of a role hold for its active participants, too"),
    result("keeps the roles that participants hold, and gets them no further past a limit"),
  ],
  "room-policy-3-transitions": [rule("authorised-role-change"), everyRoleChange],
  "room-policy-3-update-replaces": [components("replaces it by an equal value, for every policy")],
  "room-policy-3-roles-not-with-list": [
    rule("roles-change-apart"),
    together("with %s", "roles and an addition"),
    together("with %s", "roles and a removal"),
    together("with %s", "roles and a role change"),
  ],
  // §4
  "room-policy-4-consulted-only-for": [
    rule("own-role-is-preauthorised"),
    enumeration(
      "takes canChangeOwnRole and a preauthorisation, and the limits of both roles, and no listed move",
    ),
    capabilities(
      "are open by canJoinIfPreauthorized on the role of the first entry that matches, whatever role 0 leads to",
    ),
    entry("does not reach who is listed already, the banned among them"),
    entry("lets participants move themselves to the first role they match, and to no other"),
  ],
  "room-policy-4-banned-stays-out": [
    rule("banned-have-no-clients"),
    capabilities(
      "are open to a listed user's client by canAddOwnClient on its role, and to no banned user's",
    ),
    entry("does not reach who is listed already, the banned among them"),
  ],
  "room-policy-4-first-match": [
    capabilities(
      "are open by canJoinIfPreauthorized on the role of the first entry that matches, whatever role 0 leads to",
    ),
    entry("gives the role of the first entry that matches, and no later one"),
  ],
  "room-policy-4-update-replaces": [components("replaces it by an equal value, for every policy")],
  "room-policy-4-only-with-removals": [
    rule("preauthorisations-change-apart"),
    together("with %s", "preauthorisations and an addition"),
    together("with %s", "preauthorisations and a role change"),
    together("with %s", "preauthorisations and a removal"),
  ],
  "room-policy-4-servers-by-role": [
    rule("provider-has-role"),
    examples(
      "lets the hub be that enforcer: listed without a client, it removes and bans and lets nobody back in",
    ),
    result("is left by who leaves the parent: the hub takes them out, fixed membership or not"),
  ],
  // §5
  "room-policy-5-fixed-from-creation": [
    rule("fixed-membership"),
    result("lets nobody onto the list and nobody off it"),
    entry("gives the hub its role, and no other provider"),
  ],
  "room-policy-5-fixed-no-add-capability": [
    rule("fixed-membership-has-no-way-in"),
    result("is refused with roles that could let anybody in"),
    result("lets clients come and go"),
  ],
  "room-policy-5-fixed-no-removal": [
    rule("fixed-membership"),
    result("lets nobody onto the list and nobody off it"),
    result("lets clients come and go"),
    scenario("one-to-one"),
  ],
  "room-policy-5-parent-subset": [
    rule("parent-subset"),
    result("takes participants of its parent, and not all of them"),
  ],
  "room-policy-5-parent-removal": [
    result("is left by who leaves the parent: the hub takes them out, fixed membership or not"),
    scenario("parent-room"),
  ],
  "room-policy-5-parent-same-hub": [
    rule("parent-on-same-hub"),
    result("is refused with %s", "a parent at another hub"),
  ],
  "room-policy-5-parent-named": [
    rule("parent-room-named"),
    result("is refused with %s", "no parent"),
    result("is refused with %s", "a parent and no dependence"),
  ],
  "room-policy-5-single-device": [
    rule("single-device"),
    result("let a user of a single-device room have one client, and change it"),
  ],
  "room-policy-5-max-clients": [
    rule("max-clients"),
    result("max_clients %s and two clients: a third is %s"),
    result("count what one commit takes and gives together"),
  ],
  "room-policy-5-max-users": [
    rule("max-users"),
    result("max_users %s and two users: a third is %s, the banned not counted"),
    result("count what one commit takes and gives together"),
  ],
  "room-policy-5-real-identities": [
    rule("pseudonyms-allowed"),
    result("has no pseudonyms where they are not allowed"),
  ],
  "room-policy-5-components-listed": [
    rule("policies-are-listed"),
    result("lists every policy component in the base policy"),
  ],
  "room-policy-5-temporary-room": [hub("closes a group whose last member leaves")],
  // §6
  "room-policy-6.1-delivery-notifications": [
    rule("notification-allowed"),
    conduct("that are %s are sent: %s, %s"),
    entry("is over unless it is persistent"),
  ],
  "room-policy-6.1-read-receipts": [rule("notification-allowed"), conduct("that are %s are sent: %s, %s")],
  "room-policy-6.2-on-request-one": [
    rule("one-link-on-request"),
    result("is refused, or not, with %s", "two links where they are had on request"),
    result("is refused, or not, with %s", "one link where they are had on request"),
  ],
  "room-policy-6.2-many": [
    together("with %s", "two different links"),
    components("take links out by their place before the commit, and append new ones"),
  ],
  "room-policy-6.3-sent-previews": [
    rule("link-preview-allowed"),
    conduct("are detected, sent with a preview and previewed as the policy says"),
  ],
  "room-policy-6.3-automatic-previews": [
    rule("link-preview-allowed"),
    conduct("are detected, sent with a preview and previewed as the policy says"),
  ],
  "room-policy-6.3-proxy-use": [
    rule("link-preview-allowed"),
    conduct("are previewed through the proxy where that is required, and not where it is forbidden"),
  ],
  "room-policy-6.3-autodetect-not-mandatory": [
    rule("hyperlinks-not-required"),
    components("with %s", "links that have to be detected"),
  ],
  "room-policy-6.3-proxy-named": [structures("link previews name proxies unless they are forbidden")],
  "room-policy-6.4-upload-location": [
    rule("asset-host"),
    conduct("lie at their sender's provider, at the hub, or anywhere, as the policy says"),
  ],
  "room-policy-6.4-hub-domain-only": [
    rule("hub-assets-one-provider"),
    result("is refused, or not, with %s", "another provider's assets at the hub"),
  ],
  "room-policy-6.4-host-listed": [
    rule("asset-host"),
    conduct("lie at their sender's provider, at the hub, or anywhere, as the policy says"),
  ],
  "room-policy-6.4-host-of-sender": [
    rule("asset-host"),
    conduct("lie at their sender's provider, at the hub, or anywhere, as the policy says"),
  ],
  "room-policy-6.4-download-types": [
    rule("download-type"),
    conduct("are downloaded in allowed ways only, a forbidden one not even if it is allowed, too"),
  ],
  "room-policy-6.4-maximum-sizes": [rule("asset-size"), conduct("of kind %s have at most %s octets")],
  "room-policy-6.4-permitted-types": [
    rule("media-type-permitted"),
    conduct("have a media type that is not forbidden, and permitted where a list is there"),
  ],
  "room-policy-6.4-forbidden-types": [
    rule("media-type-permitted"),
    conduct("have a media type that is not forbidden, and permitted where a list is there"),
  ],
  "room-policy-6.4-type-without-parameters": [
    conduct("have a media type that is not forbidden, and permitted where a list is there"),
  ],
  "room-policy-6.5-forbidden-empty": [
    structures("logging, history and expiry have no other fields where they are forbidden"),
  ],
  "room-policy-6.5-required-has-client": [
    rule("logging-client-named"),
    components("with %s", "logging without a logger"),
  ],
  "room-policy-6.5-one-per-provider": [
    rule("one-logger-per-provider"),
    components("with %s", "two loggers of one provider"),
  ],
  "room-policy-6.6-forbidden-empty": [
    structures("logging, history and expiry have no other fields where they are forbidden"),
    conduct("is shared by nobody where it is forbidden or not spoken of"),
  ],
  "room-policy-6.6-roles-that-share": [rule("history-allowed"), conduct("%o: %s")],
  "room-policy-6.6-never-these": [
    rule("history-shared-by-active-roles"),
    result("is refused, or not, with %s", "history shared by the banned"),
    result("is refused, or not, with %s", "history shared by nobody listed"),
    result("has no history shared by a role that can have no clients"),
  ],
  "room-policy-6.6-automatically": [conduct("%o: %s")],
  "room-policy-6.6-period": [conduct("%o: %s")],
  "room-policy-6.7-local-bot": [
    rule("bot-role"),
    result("is refused, or not, with %s", "a local bot with a role"),
    result("is refused, or not, with %s", "a local bot without one"),
  ],
  "room-policy-6.7-bot-role": [rule("bot-allowed"), conduct("do what their entries allow")],
  "room-policy-6.7-targeted": [rule("bot-allowed"), conduct("do what their entries allow")],
  "room-policy-6.7-per-user": [rule("bot-allowed"), conduct("do what their entries allow")],
  "room-policy-6.8-expiry-setting": [
    rule("expiry-allowed"),
    conduct("is left out only where it is not required, and set only where it is not forbidden"),
  ],
  "room-policy-6.8-bounds": [conduct("after %s seconds, within 60 to 90: %s")],
  "room-policy-6.8-forbidden-empty": [
    structures("logging, history and expiry have no other fields where they are forbidden"),
  ],
  // §7
  "room-policy-7-handshake-formats": [
    rule("handshake-format"),
    conduct("has handshakes in listed formats, and in any where none is listed"),
    testsOf("simulator/scenarios/semiprivate-room")(
      "gets no commit past the hub, whose policy lists SemiPrivateMessages only",
    ),
    testsOf("spec-model/update/structures")(
      "is refused with a PrivateMessage, whose handshake the hub could not read",
    ),
  ],
  "room-policy-7.1-pending-proposals": [
    testsOf("spec-model/participant/room-machine")(
      "is committed when the delay of the room's policy has run out",
    ),
    testsOf("spec-model/participant/room-machine")("is left to whoever commits it first"),
  ],
  "room-policy-7-order-of-handshakes": [
    testsOf("spec-model/hub/delivery-machine")(
      "delivers everything once and in order, whatever the answers are (any events)",
    ),
    testsOf("spec-model/participant/room-machine")(
      "keeps what is of a later epoch until its turn, and ignores handshakes of an earlier",
    ),
  ],
  // §8
  "room-policy-8-holder": [
    capabilities("%s authorises what it is for in a commit, and nothing else"),
    cooperative("allows no change to a role without capabilities (any change)"),
  ],
  "room-policy-8-propose-and-commit": [
    capabilities("%s authorises the same when proposed as when committed"),
  ],
  "room-policy-8.1.1-add-other": [
    rule("added-user-is-unlisted"),
    ...authorises("canAddParticipant"),
    result("takes no clients of others without them, none twice, and changes nobody who is not there"),
  ],
  "room-policy-8.1.1-add-transition": [rule("authorised-role-change"), everyRoleChange],
  "room-policy-8.1.1-add-maxima": [rule("role-limits"), everyRoleChange],
  "room-policy-8.1.1-add-brings-clients": [
    rule("clients-come-with-user"),
    ...authorises("canAddParticipant"),
  ],
  "room-policy-8.1.1-own-client": [
    ...authorises("canAddOwnClient"),
    capabilities(
      "are open to a listed user's client by canAddOwnClient on its role, and to no banned user's",
    ),
  ],
  "room-policy-8.1.1-open-join": [
    capabilities("are shut to the unlisted whatever role 0 may do otherwise"),
    capabilities("are open by canOpenJoin on role 0, to the roles that role 0 leads to"),
    scenario("open-join"),
  ],
  "room-policy-8.1.1-open-join-transition": [
    rule("open-join-leads-somewhere"),
    result("keeps the roles that participants hold, and gets them no further past a limit"),
  ],
  "room-policy-8.1.1-open-join-roles": [
    rule("entry-role"),
    capabilities("are open by canOpenJoin on role 0, to the roles that role 0 leads to"),
    rule("role-limits"),
    entry("hold a newcomer to the limits of its role"),
  ],
  "room-policy-8.1.1-open-join-role-zero": [
    rule("open-join-on-role-zero"),
    result("keeps the roles that participants hold, and gets them no further past a limit"),
  ],
  "room-policy-8.1.1-preauthorized-join": [
    capabilities(
      "are open by canJoinIfPreauthorized on the role of the first entry that matches, whatever role 0 leads to",
    ),
  ],
  "room-policy-8.1.1-join-code": [
    rule("join-code-valid"),
    capabilities("are open by canUseJoinCode on role 0 with a code for a role that role 0 leads to"),
    entry("are shut to a code for a role that there is not, even where role 0 leads there"),
    entry("are valid until the moment they expire"),
    scenario("join-link"),
  ],
  "room-policy-8.1.2-remove-other": [
    ...authorises("canRemoveParticipant"),
    rule("removed-user-is-listed"),
    result("takes no clients of others without them, none twice, and changes nobody who is not there"),
  ],
  "room-policy-8.1.2-no-client-stays": [
    rule("members-are-participants"),
    result("takes no clients of others without them, none twice, and changes nobody who is not there"),
  ],
  "room-policy-8.1.2-remove-transition": [
    rule("authorised-role-change"),
    rule("role-limits"),
    everyRoleChange,
  ],
  "room-policy-8.1.2-own-client": [...authorises("canRemoveOwnClient")],
  "room-policy-8.1.2-not-committed-by-leaver": [
    rule("leaver-does-not-commit"),
    capabilities("to leave is one that is proposed, with all own clients, and committed by somebody else"),
    result("has commits of participants only, who are not banned and do not take themselves out"),
  ],
  "room-policy-8.1.2-own-client-minimum": [
    rule("role-limits"),
    result("of a role hold for its active participants, too"),
  ],
  "room-policy-8.1.2-leave-with-clients": [
    rule("members-are-participants"),
    capabilities("to leave is one that is proposed, with all own clients, and committed by somebody else"),
  ],
  "room-policy-8.1.2-leave-transition": [
    rule("authorised-role-change"),
    rule("role-limits"),
    cooperative("lets a user leave with all clients, and not leave clients behind"),
  ],
  "room-policy-8.1.2-kick": [
    ...authorises("canKick"),
    cooperative("takes a removal from the group without one from the list for a kick"),
    scenario("kick"),
  ],
  "room-policy-8.1.3-change-other": [
    ...authorises("canChangeUserRole"),
    everyRoleChange,
    scenario("role-changes"),
  ],
  "room-policy-8.1.3-change-limits": [rule("role-limits"), everyRoleChange],
  "room-policy-8.1.3-change-own": [
    ...authorises("canChangeOwnRole"),
    enumeration(
      "takes canChangeOwnRole and a preauthorisation, and the limits of both roles, and no listed move",
    ),
    entry("lets participants move themselves to the first role they match, and to no other"),
  ],
  "room-policy-8.1.3-change-own-limits": [
    enumeration(
      "takes canChangeOwnRole and a preauthorisation, and the limits of both roles, and no listed move",
    ),
  ],
  "room-policy-8.1.3-ban": [
    rule("banned-have-no-clients"),
    ...authorises("canBan"),
    scenario("ban-and-unban"),
  ],
  "room-policy-8.1.3-ban-transition": [rule("authorised-role-change"), everyRoleChange],
  "room-policy-8.1.3-unban": [...authorises("canUnBan"), everyRoleChange, scenario("ban-and-unban")],
  "room-policy-8.1.3-unban-adds-no-client": [...authorises("canUnBan")],
  "room-policy-8.2-metadata": [
    rule("metadata-field-is-changeable"),
    ...authorises("canChangeRoomName"),
    ...authorises("canChangeRoomDescription"),
    ...authorises("canChangeRoomAvatar"),
    ...authorises("canChangeRoomSubject"),
    ...authorises("canChangeRoomMood"),
  ],
  "room-policy-8.3-send": [
    permits("canSendMessage"),
    cooperative("lets active participants send, and participants' clients join externally"),
    examples("has the hub take messages of speakers and moderators only"),
    scenario("moderated-room"),
  ],
  "room-policy-8.3-receive": [permits("canReceiveMessage")],
  "room-policy-8.3-report": [permits("canReportAbuse")],
  "room-policy-8.3-replies-and-reactions": [
    permits("canReplyToMessage"),
    permits("canReactToMessage"),
    permits("canEditReaction"),
    permits("canDeleteOwnReaction"),
    permits("canDeleteOtherReaction"),
  ],
  "room-policy-8.3-edits-and-deletes": [
    permits("canEditOwnMessage"),
    permits("canDeleteOwnMessage"),
    permits("canDeleteOtherMessage"),
  ],
  "room-policy-8.3-topics": [
    permits("canStartTopic"),
    permits("canReplyInTopic"),
    permits("canEditOwnTopic"),
    permits("canEditOtherTopic"),
  ],
  "room-policy-8.3-links": [permits("canSendLink"), permits("canSendLinkPreview")],
  "room-policy-8.4-uploads": [
    permits("canUploadAttachment"),
    permits("canUploadImage"),
    permits("canUploadVideo"),
    permits("canUploadAudio"),
  ],
  "room-policy-8.4-downloads": [
    permits("canDownloadAttachment"),
    permits("canDownloadImage"),
    permits("canDownloadVideo"),
    permits("canDownloadAudio"),
  ],
  "room-policy-8.5-calls": [
    permits("canStartCall"),
    permits("canJoinCall"),
    permits("canSendAudio"),
    permits("canReceiveAudio"),
    permits("canSendVideo"),
    permits("canReceiveVideo"),
    permits("canShareScreen"),
    permits("canViewSharedScreen"),
  ],
  "room-policy-8.6-membership-style": [...authorises("canChangeRoomMembershipStyle")],
  "room-policy-8.6-role-definitions": [...authorises("canChangeRoleDefinitions")],
  "room-policy-8.6-preauthorisations": [...authorises("canChangePreauthorizedUserList")],
  "room-policy-8.6-destroy": [
    permits("canDestroyRoom"),
    hub("is destroyed only by one who may"),
    scenario("room-destroyed"),
  ],
  "room-policy-8.6-re-init": [...authorises("canSendMLSReinitProposal"), scenario("re-init")],
  "room-policy-4-every-claim": [
    entry("takes every claim of an entry to match exactly"),
    claims("has every claim that the policy wants, and not only one"),
    claims("has a certificate with the claim that the policy wants"),
    claims("has a token with the claim that the policy wants"),
  ],
  "room-policy-5-persistent-room": [
    entry("is over unless it is persistent"),
    entry("gets a new one from who could join it"),
  ],
  "room-policy-6.2-expires": [
    entry("are valid until the moment they expire"),
    entry("last as long, and are for as many, as the policy on join links says"),
  ],
  "room-policy-6.2-single-use": [
    entry("are spent by their use, unless they are for many"),
    entry("last as long, and are for as many, as the policy on join links says"),
  ],
  "room-policy-3-role-zero-reserved": [
    granted("leave 0 to those who are not in the list, whatever role changes say"),
  ],
  "room-policy-3-indexes-sparse": [granted("may have indexes that are not contiguous")],
  "room-policy-3-no-active": [
    rule("role-limits"),
    granted("have no clients where at most no participants may be active"),
  ],
  "room-policy-8.1.1-preauthorized-maxima": [
    rule("role-limits"),
    granted("hold for those who join it by preauthorisation"),
  ],
  "room-policy-8.1.3-banned-role": [
    granted("has to be named banned for anybody to be banned"),
    granted("has to be named banned for anybody to be unbanned, and is where they come from"),
  ],
  "room-policy-8.1.3-unban-from-banned": [
    granted("has to be named banned for anybody to be unbanned, and is where they come from"),
  ],
  // What other hubs host no hub can know: two of them may each have such a room.
  "room-policy-5-fixed-unique": [rulesOf("hub/twin-room.ts")("demandUnique"), scenario("one-to-one")],
  "room-policy-7-group-info-with-commit": [
    testsOf("spec-model/requirements/between-providers")(
      "comes with the GroupInfo of the epoch that it begins, as its committer signed it",
    ),
  ],
  "room-policy-8.3-who-enforces": [
    scenario("moderated-room"),
    quietRoom("is not sent by a client whose user has not got it"),
    quietRoom(
      "is dropped by whoever gets it where the sender's client does not care; the hub cannot read it",
    ),
  ],
};
