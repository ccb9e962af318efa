/** What shows that the model obeys protocol-06. */
import { type EvidenceByRequirement, rulesOf, testsOf } from "./links.ts";

const hubRule = rulesOf("hub/room-rules.ts");
const policyRule = rulesOf("room/policy/rules.ts");
const mlsRule = rulesOf("mls/rules.ts");
const contentRule = rulesOf("content/rules.ts");
const credentialRule = rulesOf("credentials/rules.ts");

const clubhouse = testsOf("simulator/run/clubhouse");
const octets = testsOf("spec-model/requirements/clubhouse");
const twins = testsOf("simulator/twins/twins");
const hiddenRoom = testsOf("simulator/scenarios/semiprivate-room");
const roster = testsOf("simulator/twins/roster");
const introductions = testsOf("simulator/scenarios/introductions");
const consents = testsOf("spec-model/provider/consents");
const keyMaterial = testsOf("spec-model/provider/key-material");
const outside = testsOf("spec-model/provider/outside-rooms");
const accepted = testsOf("spec-model/room/policy/accepted");
const entry = testsOf("spec-model/room/policy/entry");
const newRoom = testsOf("spec-model/requirements/new-room");
const assets = testsOf("spec-model/assets/machines");
const ohttp = testsOf("spec-model/assets/ohttp");
const proxyRule = testsOf("spec-model/assets/proxy-rule");
const figures = testsOf("simulator/run/figures");
const hub = testsOf("spec-model/hub/room-machine");
const noSuchRoom = testsOf("spec-model/hub/no-such-room");
const delivery = testsOf("spec-model/hub/delivery-machine");
const follower = testsOf("spec-model/follower/room-machine");
const participant = testsOf("spec-model/participant/room-machine");
const provider = testsOf("spec-model/provider/provider");
const stock = testsOf("spec-model/key-material/stock-machine");
const cooperativeRoom = testsOf("spec-model/room/policy/cooperative-room");
const participantList = testsOf("spec-model/room/participant-list");
const consent = testsOf("spec-model/consent/consent-machine");
const consentCache = testsOf("spec-model/consent/cache-machine");
const ledger = testsOf("spec-model/consent/ledger");
const query = testsOf("spec-model/discovery/answer-query");
const directory = testsOf("spec-model/endpoints/directory");
const pseudonym = testsOf("spec-model/credentials/pseudonym");
const judge = testsOf("spec-model/content/judge");
const frank = testsOf("spec-model/franking/examine");
const abusive = testsOf("spec-model/abuse/examine");
const changedAgent = testsOf("spec-model/participant/change-agent");
const report = testsOf("spec-model/abuse/report-machine");
const components = testsOf("spec-model/room/components/components");
const result = testsOf("spec-model/room/policy/result");
const together = testsOf("spec-model/room/policy/together");
const bothSides = testsOf("spec-model/room/policy/both-sides");
const halfPublic = testsOf("spec-model/mls/symbolic/half-public");
const knowledge = testsOf("spec-model/mls/symbolic/knowledge");
const refusal = testsOf("spec-model/mls/refusals/refusals");
const mlsExtensions = testsOf("spec-model/mls/extensions-flow");
const mlsFlow = testsOf("spec-model/mls/basic-flow");
const between = testsOf("spec-model/requirements/between-providers");
const mlsRequired = testsOf("spec-model/requirements/mls-extensions");
const heads = testsOf("spec-model/requirements/request-heads");
const connections = testsOf("simulator/variants/connections");
const downloads = testsOf("spec-model/provider/downloads");
const assetConduct = testsOf("spec-model/assets/conduct");
const ownProposals = testsOf("spec-model/hub/own-proposals");
const structures = {
  keyMaterial: testsOf("spec-model/key-material/structures"),
  update: testsOf("spec-model/update/structures"),
  submit: testsOf("spec-model/submit/structures"),
  fanOut: testsOf("spec-model/fan-out/structures"),
  groupInfo: testsOf("spec-model/group-info/structures"),
  consent: testsOf("spec-model/consent/structures"),
  abuse: testsOf("spec-model/abuse/structures"),
  franking: testsOf("spec-model/franking/structures"),
  pseudonyms: testsOf("spec-model/pseudonyms/structures"),
  list: testsOf("spec-model/room/structures/participant-list"),
};
/** The story ends as it says, with every property that is checked in a run. */
const scenario = (name: string) =>
  testsOf("simulator/scenarios/every-scenario")("%s ends as it should", name);

export const protocolEvidence: EvidenceByRequirement = {
  // §1 to §4
  "protocol-1-member-implies-participant": [
    policyRule("members-are-participants"),
    cooperativeRoom("lets no client in without its user"),
    result("lets a client in from outside only with a place in the list"),
  ],
  "protocol-3.2-add-in-one-commit": [
    figures("%s has the messages of the run, in the order in which each actor sends them"),
  ],
  "protocol-3.2-welcome-way-remembered": [
    hub("sends the Welcome to the provider that the KeyPackage came from"),
    stock("I21: is remembered with the requester and the room it is for"),
    keyMaterial("lead to the clients whose they are; others' are passed over"),
  ],
  "protocol-3.5-leave-proposes-all": [
    cooperativeRoom("lets a user leave with all clients, and not leave clients behind"),
    testsOf("spec-model/room/policy/capabilities")(
      "to leave is one that is proposed, with all own clients, and committed by somebody else",
    ),
  ],
  "protocol-3.5-hub-keeps-leave": [
    hub("keeps accepted proposals, and takes only a commit that covers them"),
    scenario("hub-restart"),
  ],
  "protocol-3.5-leave-in-next-commit": [
    hubRule("leavesOutPendingProposal"),
    hub("keeps accepted proposals, and takes only a commit that covers them"),
  ],
  "protocol-3.5-leave-soon": [
    clubhouse("leaves Alice and Cathy in the room with five clients in one epoch, and Bob outside"),
  ],
  "protocol-3.6-new-client-joins-itself": [
    participant("joins by itself: GroupInfo, external commit, the hub's word"),
  ],
  "protocol-3.6-hub-has-group-info": [
    mlsExtensions("gives the hub the committer's GroupInfo (with ratchet_tree: %s)"),
    hub("gives the GroupInfo to a participant's client and not to a stranger"),
  ],
  "protocol-4.1-providers-named": [
    provider(
      "refuses a request that is for another provider, or says it is from another than the connection's",
    ),
  ],
  "protocol-4.1-host-names-target": [
    provider(
      "refuses a request that is for another provider, or says it is from another than the connection's",
    ),
  ],
  "protocol-4.2-application-private": [
    mlsRule("applicationInPublic"),
    refusal("refuse $says ($code)", "applicationInPublic"),
  ],
  "protocol-4.2-changes-as-proposals": [
    structures.update("is refused with a PrivateMessage, whose handshake the hub could not read"),
  ],
  "protocol-4.2-change-before-commit": [
    mlsRule("unknownProposal"),
    refusal("refuse $says ($code)", "unknownProposal"),
  ],
  "protocol-4.3-publishes-key-material": [stock("gives one KeyPackage for each client")],
  "protocol-4.3-hub-enforces-policy": [
    hubRule("commitDecision"),
    cooperativeRoom("refuses what no capability authorises"),
  ],
  "protocol-4.3.1-hub-records-references": [
    hub("sends the Welcome to the provider that the KeyPackage came from"),
    hub("refuses a KeyPackage that never passed it"),
  ],

  // §5.1
  "protocol-5.1-directory-well-known": [provider("gives its directory, with a template for every endpoint")],
  "protocol-5.1-directory-json": [
    provider("gives its directory, with a template for every endpoint"),
    directory("is not JSON, or not an object"),
    directory("has an endpoint that is not at an https URI with a path"),
  ],

  // §5.2
  "protocol-5.2-all-clients": [stock("gives one KeyPackage for each client")],
  "protocol-5.2-one-room-only": [
    stock("I21: is remembered with the requester and the room it is for"),
    keyMaterial("I21: lead nowhere for another room than the one they were handed out for"),
  ],
  "protocol-5.2-through-hub": [
    hub("refuses a KeyPackage that never passed it"),
    keyMaterial("refuses a request that did not come through the room's hub"),
    keyMaterial(
      "takes a request outside of any room from the requester's provider, where consent is for any room",
    ),
  ],
  "protocol-5.2-required-capabilities": [stock("keeps to the required capabilities and cipher suites")],
  "protocol-5.2-signed-request": [
    structures.keyMaterial("what is signed is the request without its signature"),
    stock("I22: hands out nothing without consent, and does not answer a forged request"),
    keyMaterial("refuses a damaged signature, and a credential of somebody else, before anything else"),
  ],
  "protocol-5.2-each-client-listed": [
    structures.keyMaterial("a response without key material says why for each client"),
    stock("gives one KeyPackage for each client"),
  ],
  "protocol-5.2-clients-of-incompatible": [
    stock("lists clients that do not fit only where the policy says so"),
  ],
  "protocol-5.2-never-twice": [
    stock("I19: never hands out the same KeyPackage twice (any order of stocking and claiming)"),
    testsOf("spec-model/provider/introduction-properties")(
      "hands out each KeyPackage once, with consent at that moment, and is asked by nobody but the requester",
    ),
  ],
  "protocol-5.2-not-expired": [stock("I20: hands out nothing that has expired")],
  "protocol-5.2-success-means-all": [stock("gives one KeyPackage for each client")],
  "protocol-5.2-partial-means-some": [
    stock("says partialSuccess where a client has none left, and noCompatibleMaterial where none has"),
    keyMaterial("says partialSuccess and then noCompatibleMaterial as clients run out"),
    scenario("partial-key-material"),
  ],
  "protocol-5.2-incompatible-protocol": [
    stock("says incompatibleProtocol where no client has anything for the protocol"),
  ],
  "protocol-5.2-no-compatible": [
    stock("says partialSuccess where a client has none left, and noCompatibleMaterial where none has"),
  ],
  "protocol-5.2-no-consent": [
    stock("I22: hands out nothing without consent, and does not answer a forged request"),
    ledger("are missing until something is granted: asking is not having"),
    keyMaterial("gives nothing without consent, to anybody about anybody"),
    scenario("consent-refused"),
    scenario("consent-revoked"),
  ],
  "protocol-5.2-no-consent-this-room": [
    stock("says that consent is for another room only under detailed refusals"),
    keyMaterial("tells a missing user, another room and missing devices apart under detailed refusals"),
  ],
  "protocol-5.2-user-deleted": [
    stock(
      "U11: says that an account was deleted only under detailed refusals, and keeps none of its material",
    ),
    keyMaterial("U11: a deleted user is userDeleted or noConsent, as the provider likes"),
  ],
  "protocol-5.2-client-exhausted": [
    stock("tells apart a client that has run out from one that does not fit"),
  ],
  "protocol-5.2-client-incompatible": [
    stock("tells apart a client that has run out from one that does not fit"),
  ],
  "protocol-5.2-references-kept": [
    stock("is for any room where the request names none, and is forgotten when it has expired"),
  ],

  // §5.3
  "protocol-5.3-component-updates": [
    testsOf("spec-model/declared-as-drafted")("has the components that are registered"),
  ],
  "protocol-5.3-participant-before-clients": [
    policyRule("members-are-participants"),
    cooperativeRoom("lets no client in without its user"),
    policyRule("clients-come-with-user"),
    result("takes no clients of others without them, none twice, and changes nobody who is not there"),
  ],
  "protocol-5.3-removed-with-clients": [
    cooperativeRoom("lets a user leave with all clients, and not leave clients behind"),
    cooperativeRoom("lets an admin ban and promote, and nobody change the own role without preauthorisation"),
  ],
  "protocol-5.3-removed-no-messages": [
    hubRule("submitDecision"),
    hubRule("receivers"),
    hub("refuses messages of one who is leaving, at once"),
    hub("sends messages to nobody who is leaving, and the commit that removes them still to them"),
    scenario("hub-ban"),
  ],
  "protocol-5.3-removed-no-commits": [
    policyRule("committer-is-participant"),
    hub("refuses a commit by one who is leaving"),
  ],
  "protocol-5.3-partial-group-info": [
    mlsExtensions("gives the hub the committer's GroupInfo (with ratchet_tree: %s)"),
    mlsExtensions("is refused where it describes another epoch"),
  ],
  "protocol-5.3-handshake-visible-to-hub": [
    structures.update("is refused with a PrivateMessage, whose handshake the hub could not read"),
    mlsExtensions("carries a proposal and a commit that members process and the hub follows"),
    hiddenRoom("the hub is the only one outside who gets a key"),
  ],
  "protocol-5.3-wrong-epoch": [
    hubRule("isForAnotherEpoch"),
    hub("refuses a commit of another epoch with wrongEpoch"),
    hub("accepts one commit an epoch: of two that race, the second is refused with wrongEpoch"),
    structures.update("has the time of acceptance, the epoch, nothing or references, by its code"),
    scenario("commit-race"),
  ],
  "protocol-5.3-not-allowed": [
    hubRule("commitDecision"),
    hub("refuses a commit by one who is leaving"),
    hub("is destroyed only by one who may"),
  ],
  "protocol-5.3-invalid-proposal": [
    structures.update("has the time of acceptance, the epoch, nothing or references, by its code"),
    hub("refuses what the public group refused"),
    hub("refuses proposals of another epoch, those that MLS refuses, and those of a stranger"),
  ],
  "protocol-5.3-success-will-be-sent": [
    hub("answers before it fans out, to the other providers and its own clients"),
    delivery("delivers everything once and in order, whatever the answers are (any events)"),
    scenario("hub-restart"),
  ],

  // §5.4
  "protocol-5.4-private-application": [
    structures.submit("a request holds the message and its sender's user URI"),
  ],
  "protocol-5.4-sender-is-participant": [
    hubRule("submitDecision"),
    policyRule("sender-is-active"),
    cooperativeRoom("lets active participants send, and participants' clients join externally"),
    hub("refuses a provider that speaks for another provider's user"),
  ],
  "protocol-5.4-frank-in-answer": [structures.submit("an acceptance holds the time and perhaps a frank")],
  "protocol-5.4-future-not-allowed": [
    hubRule("isFromTheFuture"),
    hub("says epochTooOld for messages of past epochs and notAllowed for future ones"),
  ],
  "protocol-5.4-epoch-too-old": [
    hubRule("isTooOld"),
    hub("says epochTooOld for messages of past epochs and notAllowed for future ones"),
    policyRule("epoch-tolerance"),
    testsOf("spec-model/room/conduct/conduct")(
      "tolerates messages of past epochs up to a number, and of none where it is missing",
    ),
  ],

  // §5.4.1
  "protocol-5.4.1-update-only-adds": [
    policyRule("franking-agent-stays"),
    components("introduces a franking agent and replaces none"),
    result("keeps its franking agent, and needs its list, metadata, roles and base policy"),
  ],
  "protocol-5.4.1-rotation-re-inits": [
    rulesOf("participant/change-agent.ts")("changeFrankingAgent"),
    changedAgent("ends the group in favour of one that names the new key, and that is otherwise the same"),
    changedAgent("introduces it by an AppDataUpdate where the group has none"),
    testsOf("simulator/scenarios/franking-key")(
      "goes on in another group, in which the hub verifies what either key has signed",
    ),
    scenario("franking-key"),
  ],
  "protocol-5.4.1.1-tag-in-aad": [
    structures.franking("the tag in the authenticated data is 32 octets and nothing else"),
  ],
  "protocol-5.4.1.1-answer-has-frank": [
    structures.submit("an acceptance holds the time and perhaps a frank"),
  ],
  "protocol-5.4.1.2-frank-construction": [
    structures.franking("the hub's context is sender, room and time"),
    structures.franking("what the hub signs is its frank, the cipher suite and the context"),
    abusive("is verified where the hub has franked it: with its sender, its message ID and its time"),
    frank("is noticed whichever octet of content, frank, tag, time, sender or room is changed"),
  ],
  "protocol-5.4.1.2-fan-out-of-frank": [
    structures.fanOut("has a frank, perhaps, with an application message"),
  ],
  "protocol-5.4.1.1-same-sender": [
    contentRule("senderUriDiffers"),
    judge("%s: %s", "senderUriDiffers"),
    frank("is refused by %s", "senderIsSender"),
  ],
  "protocol-5.4.1.3-tag-and-uris": [
    judge("%s: %s", "senderUriDiffers"),
    judge("%s: %s", "roomUriDiffers"),
    frank("is refused by %s", "frankingTag"),
    frank("is refused by %s", "senderIsSender"),
    frank("is refused by %s", "roomIsRoom"),
  ],

  // §5.5
  "protocol-5.5-to-all-with-participants": [
    hub("answers before it fans out, to the other providers and its own clients"),
    follower("delivers to a client that joined by itself, and no more once it has left"),
  ],
  "protocol-5.5-ordered": [
    delivery("delivers everything once and in order, whatever the answers are (any events)"),
    clubhouse("has all clients of a room agree on GroupContext and authenticator in every epoch"),
  ],
  "protocol-5.5-welcome-to-owners": [
    hubRule("welcomeHasNoWay"),
    hub("sends the Welcome to the provider that the KeyPackage came from"),
    hub("refuses a KeyPackage that never passed it"),
    follower("begins with a Welcome, which goes to the clients it is for"),
    keyMaterial("lead to the clients whose they are; others' are passed over"),
  ],
  "protocol-5.5-welcome-with-tree": [structures.fanOut("has a ratchet tree option with a Welcome")],
  "protocol-5.5-success-is-promise": [
    delivery("delivers everything once and in order, whatever the answers are (any events)"),
    scenario("hub-restart"),
  ],
  "protocol-5.5-own-message-back": [
    participant("merges it, too, when it comes back before the answer, and then needs no answer"),
  ],
  "protocol-5.5-removed-gets-commit": [
    hub("sends messages to nobody who is leaving, and the commit that removes them still to them"),
    participant("is out when a commit removes it, and when nobody is left to commit"),
  ],
  "protocol-5.5-retries": [
    delivery("repeats the same items until they are answered 201"),
    delivery("waits longer after each failure, and as long as the follower asks"),
  ],
  "protocol-5.5-repeated-notify-accepted": [follower("answers a repeated body 201 and does nothing else")],
  "protocol-5.5-repeated-notify-ignored": [follower("answers a repeated body 201 and does nothing else")],

  // §5.6
  "protocol-5.6-correlates": [
    hub(
      "lets a client in by an external commit only if that client has been given the GroupInfo, once for each",
    ),
  ],
  "protocol-5.6-pending-proposals": [
    testsOf("spec-model/hub/semiprivate")(
      "gives whoever may join all that is pending, in either format, with the time of its acceptance",
    ),
  ],
  "protocol-5.6-proves-identity": [
    structures.groupInfo(
      "what is signed is the request without its signature; no code is a code of no octets",
    ),
  ],
  "protocol-5.6-credential-or-code": [
    hubRule("groupInfoDecision"),
    hub("gives the GroupInfo to a participant's client and not to a stranger"),
    hub("remembers the code that was shown for the commit that rests on it, and spends it with that"),
    entry("are all that are open, with the roles that they lead to"),
  ],
  "protocol-5.6-encrypted-answer": [
    structures.groupInfo("a successful answer holds the hub, the ciphertext and a signature"),
  ],
  "protocol-5.6-no-such-room": [
    noSuchRoom("is answered noSuchRoom where the provider's refusals are detailed"),
    noSuchRoom("is answered notAuthorized where they do not tell which rooms there are"),
  ],
  "protocol-5.6-not-authorized": [
    hubRule("groupInfoDecision"),
    hub("gives the GroupInfo to a participant's client and not to a stranger"),
    structures.groupInfo("any other answer ends behind its status"),
  ],

  // §5.7
  "protocol-5.7-request-entry": [
    structures.consent("a request for any room has no room"),
    structures.consent("a scope is the two users and perhaps a room"),
  ],
  "protocol-5.7-cancel-same-scope": [
    consentCache("sends a cancel for a request that was made, and for no other"),
    consents("takes back only what it has asked"),
  ],
  "protocol-5.7-request-domains": [
    ledger("decides which provider may send what: requests the requester's, decisions the target's"),
    consents("is refused from a provider that is not the requester's, and where it cannot be decoded"),
  ],
  "protocol-5.7-unmatched-cancel": [
    consent("U3: ignores a cancel that no request came before (%j)"),
    consents("is answered the same when it is repeated, taken back, or taken back for nothing"),
  ],
  "protocol-5.7-update-entry": [
    structures.consent("a scope is the two users and perhaps a room"),
    ledger("is what its entry says, and comes back from the wire (any scope and operation)"),
  ],
  "protocol-5.7-unsolicited": [
    consent("U4: is granted from any state, and the requester's provider is told (%j)"),
    consentCache("F9: takes grants and revocations at any time, asked for or not"),
  ],
  "protocol-5.7-grant-key-packages": [
    structures.consent("a grant lists KeyPackages, perhaps none, before the extensions"),
  ],
  "protocol-5.7-update-domains": [
    ledger("decides which provider may send what: requests the requester's, decisions the target's"),
  ],
  "protocol-5.7-silent-revocation": [
    consent("U5: is revoked from any state, and nobody is told unless the provider's policy says so (%j)"),
    consents("decides for itself: the grant is conveyed, the revocation is not"),
  ],

  // §5.8
  "protocol-5.8-all-elements": [query("needs all of its elements to match")],
  "protocol-5.8-exact-fields": [
    query("compares telephone numbers and addresses as such, and exactly"),
    query("Yolanda is found by her exact handle and not by her name"),
  ],
  "protocol-5.8-partial-name": [
    query("Xavier is found by a part of his first or last name, by handle and by nick"),
  ],
  "protocol-5.8-whole-profile": [
    query("finds claims and properties by their exact values, and parts of any searchable field"),
  ],
  "protocol-5.8-claims-exact": [
    query("finds claims and properties by their exact values, and parts of any searchable field"),
  ],
  "protocol-5.8-only-searchable": [
    query("Zach is found by nothing, and answered for like somebody who is not there"),
    query("Yolanda is found by her exact handle and not by her name"),
    query("make no difference to any answer (any query)"),
  ],
  "protocol-5.8-not-found": [query("notFound: nobody matches")],
  "protocol-5.8-ambiguous": [
    query("ambiguous: an exact element is demanded, or more users match than may be listed"),
  ],
  "protocol-5.8-forbidden": [
    query("forbidden: the endpoint is closed, nothing is asked, or fields may not be asked together"),
  ],
  "protocol-5.8-unsupported-field": [query("unsupportedField: the provider does not search such fields")],

  // §5.9
  "protocol-5.9-report-fields": [
    structures.abuse("a report names its parties, a reason, a note and franked messages"),
    report("is anonymous where its sender likes"),
    report("without any message is recorded, too: it proves nothing, and the draft allows it"),
  ],

  // §6
  "protocol-6-only-pseudonyms": [pseudonym("does not carry the real identifiers in the clear")],
  "protocol-6-real-for-participants": [
    pseudonym("authenticates its pseudonyms to the hub, and no more"),
    pseudonym("authenticates who is behind them to participants"),
  ],
  "protocol-6.1-pseudonym-shape": [
    pseudonym("has pseudonyms that are random UUIDs at the provider's domain"),
    pseudonym("where its identifiers are no pseudonyms: namesNobody"),
  ],
  "protocol-6.1-identity-link": [
    credentialRule("linkDecryption"),
    credentialRule("linkSignature"),
    structures.pseudonyms("the encrypted link is a signature and the real credential"),
    pseudonym("where another than the real client has signed the pseudonyms: linkSignature"),
    pseudonym("where the link has been taken from another credential: linkDecryption"),
  ],

  // §7
  "protocol-7.1-hub-decides": [
    hubRule("commitDecision"),
    hubRule("proposalsDecision"),
    hub("refuses a commit by one who is leaving"),
    bothSides("decide alike of %s"),
  ],
  "protocol-7.1-in-force-at-once": [
    hubRule("effectiveRoom"),
    hub("refuses messages of one who is leaving, at once"),
    hub("refuses a second pending change of the same user"),
    testsOf("spec-model/room/policy/properties")(
      "lets the next commit take up everything that was accepted, whoever commits it",
    ),
    accepted("are in force for the proposals after them"),
    accepted("replace policies at once, too"),
  ],
  "protocol-7.2-hub-knows-members": [
    mlsFlow("brings the creator, a client added by Welcome and the hub to the same epoch"),
  ],
  "protocol-7.3-commit-takes-all": [
    hubRule("leavesOutPendingProposal"),
    hub("keeps accepted proposals, and takes only a commit that covers them"),
    refusal("refuse $says ($code)", "commitSender"),
  ],
  "protocol-7.3-agreement": [
    clubhouse("has all clients of a room agree on GroupContext and authenticator in every epoch"),
    clubhouse("ends in agreement for any seed and any latency between providers"),
    testsOf("spec-model/mls/random-walk")("keeps all members and the follower in agreement"),
    testsOf("simulator/run/random-rooms")("keeps every room in order, whatever its users want"),
  ],
  "protocol-7.4-external-senders-authenticated": [
    mlsRule("unknownExternalSender"),
    mlsRule("messageSignature"),
    refusal("refuse $says ($code)", "unknownExternalSender"),
    refusal("refuse $says ($code)", "messageSignature"),
  ],
  "protocol-7.5-one-role": [structures.list("a participant list holds users and role indexes in order")],
  "protocol-7.5-indices-of-current-list": [
    participantList("reads every index as a position in the list before the update"),
  ],
  "protocol-7.5-order": [
    structures.list("an update holds role changes, removals and additions, in that order"),
    participantList("appends additions at the end"),
  ],
  "protocol-7.5-each-authorised": [
    cooperativeRoom(
      "lets an ordinary user add another to its own role, with clients, and not to a higher one",
    ),
    cooperativeRoom("lets an admin remove an ordinary user, and an ordinary user remove nobody else"),
    cooperativeRoom("allows no change to a role without capabilities (any change)"),
  ],
  "protocol-7.5-one-change-per-user": [
    policyRule("one-change-per-user"),
    participantList("is refused together with another that touches the same user"),
    cooperativeRoom("lets no two changes of one user stand in one commit"),
    together("with %s", "two additions of one user"),
    together("with %s", "a promotion and a removal of one user"),
  ],
  "protocol-7.6-once-per-commit": [
    policyRule("one-metadata-update"),
    together("with %s", "two metadata updates"),
  ],

  // §8
  "protocol-8-both-models": [
    ledger("hold for this room where they were granted for it or for any"),
    ledger("are for another room where only that was granted"),
  ],
  "protocol-8-scopes-independent": [
    consent("U4: is granted from any state, and the requester's provider is told (%j)"),
    ledger("U6: go by what was said of this room, whenever it was said, by default"),
  ],
  "protocol-8-acknowledged": [
    consentCache("learns from the answer only that the request was received"),
    consents("asks through its provider, and learns that the request was received"),
  ],
  "protocol-8-viewing-hidden": [
    consentCache("learns from the answer only that the request was received"),
    introductions("because Bob is silent, and as far as Alice can see, also because he refuses"),
    introductions("shows Bob one request, and tells Alice's provider nothing"),
  ],

  // §9
  "protocol-9-servers-learn-no-content": [
    knowledge("a hub that hears everything reads handshakes and no application message"),
    halfPublic("is read by an external receiver, who learns no secret of the group from it"),
    roster("sees the same in both worlds, time, length and every octet that it can read: $says"),
    hiddenRoom(
      "members send SemiPrivateMessages, and PublicMessages only to leave by SelfRemove and to come in",
    ),
  ],
  "protocol-9-clients-verify-changes": [
    mlsRule("messageSignature"),
    refusal("refuse $says ($code)", "messageSignature"),
    refusal("refuse $says ($code)", "membershipTag"),
  ],
  "protocol-3.1-room-begins-with-state": [
    policyRule("creator-is-participant"),
    policyRule("component-is-needed"),
    result("has a creator that is its participant"),
  ],
  "protocol-3.5-remove-in-one-commit": [
    policyRule("members-are-participants"),
    result("takes no clients of others without them, none twice, and changes nobody who is not there"),
  ],
  "protocol-5.3-semi-private-hides": [
    halfPublic("says nothing to whoever only hears it"),
    halfPublic("is read by an external receiver, who learns no secret of the group from it"),
  ],
  "protocol-5.4.1-content-hidden": [
    knowledge("a hub that hears everything reads handshakes and no application message"),
  ],
  "protocol-5.4.1.1-tag": [frank("is refused by %s", "frankingTag")],
  "protocol-5.4.1.1-salt-and-uris-inside": [
    frank("gives the evidence to report the message with: content, frank, sender, room and time"),
    abusive("is refused where its content does not name its sender"),
  ],
  "protocol-5.4.1.3-suite-matches": [
    frank("is refused by %s", "frankCipherSuite"),
    frank("is refused by %s", "frankingAgentPresent"),
  ],
  "protocol-5.4.1.3-agent-is-hub": [frank("is refused by %s", "frankingAgentIsHub")],
  "protocol-5.4.1.3-integrity": [
    frank("is refused by %s", "frankSignature"),
    frank("is noticed whichever octet of content, frank, tag, time, sender or room is changed"),
  ],
  "protocol-5.4.1.3-evidence-kept": [
    frank("gives the evidence to report the message with: content, frank, sender, room and time"),
  ],
  "protocol-5.5-own-messages-too": [hub("keeps and fans out what it may propose"), scenario("lost-device")],
  "protocol-5.5-proposals-again": [
    hubRule("voidsOwnProposals"),
    hub("proposes it again when an external commit has voided it"),
    scenario("hub-ban"),
  ],
  "protocol-5.9-recomputes": [
    abusive("is verified where the hub has franked it: with its sender, its message ID and its time"),
    abusive("is verified for no other octets than those that were franked (any octet of the report changed)"),
    abusive("is refused by %s", "isOfRoom"),
  ],
  "protocol-5.9-own-frank": [
    abusive("finds the key that was in use at the accepted time"),
    abusive("is verified for no other octets than those that were franked (any octet of the report changed)"),
    scenario("abuse-report"),
  ],
  "protocol-5.9-own-signature": [
    abusive("is refused by %s", "signedHere"),
    abusive("is refused by %s", "knownCipherSuite"),
  ],
  "protocol-4.3.1-room-state-kept": [bothSides("read the same policy from the group")],
  "protocol-7.6-replaces-whole": [components("replaces it by an equal value, for every policy")],
  "protocol-4.1-from-mimi": [
    testsOf("spec-model/requirements/request-heads")("is mimi at the sending provider's domain"),
    testsOf("spec-model/requirements/request-heads")("is not %j"),
  ],
  "protocol-5.5-more-proposals-unchanged": [octets("has the further proposals of the update, and no others")],
  "protocol-5.5-no-answer-body": [octets("is answered with 201 and no body")],
  "protocol-5.4.1.2-sender-not-fanned-out": [octets("tells nowhere who sent an application message")],
  "protocol-5.2-user-unknown": [
    keyMaterial("tells a missing user, another room and missing devices apart under detailed refusals"),
  ],
  "protocol-5.2-no-consent-hides": [
    twins("keep $says from any sequence of probes"),
    introductions("answers both claims alike, before and after the refusal, with the same octets"),
  ],
  "protocol-5.7-directly": [
    introductions("goes through discovery, query, consent, key material and Welcome, in this order"),
    introductions("carries requests and answers between messaging providers in the draft's formats"),
  ],
  "protocol-5.7-request-answer": [
    consents("for a user who is not there is answered 201, or 404 under detailed refusals"),
    consents("is answered 201, and shown by all of the user's clients"),
  ],
  "protocol-5.7-unknown-hidden": [
    consents("for a user who is not there is answered 201, or 404 under detailed refusals"),
    twins("keep $says from any sequence of probes"),
  ],
  "protocol-5.7-update-answer": [
    consents("for a requester who is not there is answered 201, or 404 under detailed refusals"),
    consents("is answered 201, and told to the requester's clients"),
  ],
  "protocol-5.8-directly": [
    outside("of an own user for another provider goes there, and its answer comes back unchanged"),
  ],
  "protocol-5.8-success": [
    query("Xavier is found by a part of his first or last name, by handle and by nick"),
    outside("of another provider is answered from the users' profiles, and changes nothing"),
  ],
  "protocol-5.3-removed-only-leaves": [
    testsOf("spec-model/requirements/room-policy")("proposes neither additions nor removals of others"),
  ],
  "protocol-5.2-names-room": [octets("names the room, and at least one cipher suite")],
  "protocol-5.2-suites-not-empty": [octets("names the room, and at least one cipher suite")],
  "protocol-7.4-external-senders": [newRoom("lists its hub, with the hub's key, among the external senders")],
  "protocol-7.4-hub-listed": [newRoom("lists its hub, with the hub's key, among the external senders")],
  "protocol-7.2-state-in-dictionary": [
    newRoom("has its state in components of the dictionary: list, metadata, roles and base policy"),
  ],
  "protocol-5.10-hub-supports-both": [
    assets("asks the asset server, keeps what it gives, and passes it on"),
    ohttp("goes both ways on %s"),
  ],
  "protocol-5.10.2-no-open-proxy": [
    proxyRule("is taken where its host is an asset host of a peer, in its normal form"),
    proxyRule("%j is refused: %s"),
    proxyRule(
      "is never taken where another parser would see another host, port or user (any text built of parts of URLs)",
    ),
    assets("is refused where the URL is not one of a peer's assets"),
    assets("does not follow redirects, wherever they lead"),
  ],
  "protocol-5.10.2-body": [
    assets("asks the asset server, keeps what it gives, and passes it on"),
    assets("passes on that there is nothing, or no server, without keeping it"),
  ],
  "protocol-5.10.2-proxy-exists": [assets("asks the asset server, keeps what it gives, and passes it on")],
  "protocol-5.10.3-relay-hides": [ohttp("shows nothing of the request to the relay")],
  "protocol-5.10-asset-domains": [
    policyRule("asset-host"),
    testsOf("spec-model/room/conduct/conduct")(
      "lie at their sender's provider, at the hub, or anywhere, as the policy says",
    ),
  ],
  "protocol-5.4-accepted-will-be-sent": [
    scenario("hub-restart"),
    delivery("delivers everything once and in order, whatever the answers are (any events)"),
  ],
  "protocol-5.4.1.2-franks-when-agent": [scenario("abuse-report")],
  "protocol-4.1-host-port-ignored": [heads("means the same provider with a port and without")],
  "protocol-4.1-mutual-tls": [
    rulesOf("provider/connections.ts")("peerProblem"),
    heads("is one whose other end has shown a certificate"),
    heads("is one whose other end has shown that it is the server that was asked"),
    connections("is refused everywhere, and can follow no room: %s"),
  ],
  "protocol-4.1-certificates-name-domains": [
    rulesOf("provider/connections.ts")("requestProblem"),
    heads("is not one with a certificate for %j, where the request is from b.example"),
    heads("is one whose other end has shown that it is the server that was asked"),
    connections("is refused everywhere, and can follow no room: %s"),
    heads("is not %j"),
    heads("does not mean it with %j"),
    provider(
      "refuses a request that is for another provider, or says it is from another than the connection's",
    ),
  ],
  "protocol-4.3.1-key-package-capabilities": [
    mlsRequired("states versions, cipher suites, extensions, proposals and credentials in its KeyPackage"),
  ],
  "protocol-4.3.2-list-by-update": [
    mlsRule("dictionaryReplaced"),
    refusal("refuse $says ($code)", "dictionaryReplaced"),
    between("travels as an AppDataUpdate in an update, and only so"),
  ],
  "protocol-5.2-no-clients-of-failure": [
    keyMaterial("lists no clients with a refusal that is not about their material"),
  ],
  "protocol-5.4.1-key-of-suite": [
    between("is signed with a key for the group's signature algorithm (suite %i)"),
  ],
  "protocol-5.4.1.2-hub-key-secret": [between("is made under a key that never leaves the hub")],
  "protocol-5.4.1.2-suite-at-franking": [between("names the cipher suite that the group has")],
  "protocol-5.5-stapled-proposals": [hub("proposes it again when an external commit has voided it")],
  "protocol-5.9-only-to-hub": [
    between("goes to the room's hub and to nobody else"),
    testsOf("spec-model/provider/abuse")(
      "passes the report on to the hub, unchanged, in the user's name or in nobody's",
    ),
  ],
  "protocol-5.9-no-answer-body": [between("is answered by a status and no body")],
  "protocol-5.10-upload-policy": [
    assetConduct("is in order with the capability, to the host of the sender's provider, within the size"),
    assetConduct("goes to the first host of the own provider, to the hub's, or where the sender likes"),
  ],
  "protocol-5.10.1-direct": [
    assetConduct("goes the way the room says, and the most private one where it says nothing"),
  ],
  "protocol-5.10.2-no-room-no-requester": [
    between("tells the asset's URL, but neither the room nor who asks"),
  ],
  "protocol-5.10.3-known-targets": [
    downloads("fetches from asset hosts of peers and seals the answer"),
    downloads("fetches from no other target, and says so within the seal"),
  ],
  "protocol-6.1-all-leaves": [between("has a PseudonymousCredential in every leaf")],
  "protocol-6.1-one-pseudonym": [
    between("lists each user once, under the pseudonym that all the user's clients have"),
  ],
  "protocol-6.1-list-has-pseudonym": [
    between("lists each user once, under the pseudonym that all the user's clients have"),
  ],
  "protocol-7.4-follower-listed": [
    ownProposals("takes a provider out of the external senders with its last participant (%s)"),
  ],
  "protocol-7.4-follower-unlisted": [
    ownProposals("takes a provider out of the external senders with its last participant (%s)"),
  ],
  "protocol-7.4-listed-when-committed": [
    ownProposals("has the provider listed until the commit that takes it out"),
  ],
  "protocol-7.5-one-identifier": [
    policyRule("members-are-participants"),
    cooperativeRoom("lets no client in without its user"),
    between("lists each user once, under the pseudonym that all the user's clients have"),
  ],
  "protocol-8-direct-peering": [between("go from one user's provider to the other's, and through no third")],
  "protocol-5.4.1.1-tag-over-framing": [
    testsOf("spec-model/requirements/content")(
      "covers the media type of the framing, too, in a group with required media types",
    ),
  ],
  "protocol-5.10-https-url": [
    rulesOf("assets/conduct.ts")("refusalOfUpload"),
    assetConduct("is refused by %s: %o", "url scheme"),
    scenario("asset-download"),
  ],
  "protocol-7.6-empty-media-type": [
    testsOf("spec-model/room/descriptions")("is plain text in UTF-8 where it names no media type"),
  ],
};
