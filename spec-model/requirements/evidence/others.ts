/** What shows that the model obeys the architecture, message-status-01, identity-05 and the discovery requirements. */
import { type EvidenceByRequirement, rulesOf, testsOf } from "./links.ts";

const policyRule = rulesOf("room/policy/rules.ts");
const mlsRule = rulesOf("mls/rules.ts");
const clubhouse = testsOf("simulator/run/clubhouse");
const hub = testsOf("spec-model/hub/room-machine");
const follower = testsOf("spec-model/follower/room-machine");
const cooperativeRoom = testsOf("spec-model/room/policy/cooperative-room");
const knowledge = testsOf("spec-model/mls/symbolic/knowledge");
const refusal = testsOf("spec-model/mls/refusals/refusals");
const report = testsOf("spec-model/content/derived-values");
const examples = testsOf("spec-model/content/draft-examples");
const uri = testsOf("spec-model/identifiers/mimi-uri");
const x509 = testsOf("spec-model/credentials/x509");
const discovery = testsOf("spec-model/discovery/mappings/requirements");
const identifier = testsOf("spec-model/discovery/mappings/identifier-machine");

export const otherEvidence: EvidenceByRequirement = {
  "arch-2-removal-with-clients": [
    cooperativeRoom("lets a user leave with all clients, and not leave clients behind"),
  ],
  "arch-3-one-hub": [follower("takes nothing from a provider that is not the room's hub")],
  "arch-4.1-keys-with-clients": [
    knowledge("a hub that hears everything reads handshakes and no application message"),
  ],
  "arch-4.1-no-tampering": [
    knowledge("a hub that hears everything reads handshakes and no application message"),
    testsOf("simulator/run/damaged-messages")(
      "is noticed with a typed error, or stands in a field that only TLS protects (any message, byte and bit)",
    ),
  ],
  "arch-4.2-member-implies-participant": [
    policyRule("members-are-participants"),
    cooperativeRoom("lets no client in without its user"),
  ],
  "arch-4.2-consistent": [
    cooperativeRoom("lets no client in without its user"),
    cooperativeRoom("lets a user leave with all clients, and not leave clients behind"),
  ],
  "arch-4.4-envelope": [
    policyRule("policy-in-envelope"),
    testsOf("spec-model/room/policy/envelope")("does not admit %s"),
    testsOf("simulator/scenarios/every-scenario")("%s ends as it should", "policy-envelope"),
  ],
  "arch-4.4-same-view": [
    clubhouse("has all clients of a room agree on GroupContext and authenticator in every epoch"),
  ],
  "arch-5-content-for-clients-only": [
    knowledge("a hub that hears everything reads handshakes and no application message"),
  ],
  "arch-5.1-server-verifies-actor": [
    mlsRule("messageSignature"),
    refusal("refuse $says ($code)", "messageSignature"),
    hub("refuses what the public group refused"),
  ],
  "arch-5.1-servers-are-external-senders": [
    testsOf("spec-model/mls/basic-flow")("carries the hub's and a member's AppDataUpdates by reference"),
    policyRule("committer-is-participant"),
    testsOf("spec-model/room/policy/result")(
      "has commits of participants only, who are not banned and do not take themselves out",
    ),
  ],
  "arch-5.2-hub-distributes": [hub("answers before it fans out, to the other providers and its own clients")],
  "arch-5.2-authenticated-by-client": [refusal("refuse $says ($code)", "messageSignature")],
  "arch-5.4-distributed": [hub("answers before it fans out, to the other providers and its own clients")],
  "arch-5.4-delivered": [
    follower("delivers to a client that joined by itself, and no more once it has left"),
    clubhouse("shows every client that is there the same messages with the same message IDs"),
  ],
  "arch-6-signed-by-sender": [refusal("refuse $says ($code)", "messageSignature")],

  "message-status-3-cbor": [
    report("come back from their encoding"),
    examples("decodes, encodes to the same bytes, and is what its EDN says"),
  ],
  "message-status-3-many-messages": [
    report("come back from their encoding"),
    report("are refused with the place of what is wrong"),
  ],
  "message-status-3-updated": [report("say of a message what they say last")],

  "identity-4-kind-by-segment": [uri("refuses a URI of another kind where one kind is wanted")],
  "identity-5.1-validates-others": [
    testsOf("spec-model/credentials/mls-application")(
      "lets clients with certificates, tokens and pseudonyms into one group",
    ),
    testsOf("spec-model/credentials/mls-application")("keeps a KeyPackage out: %s"),
  ],
  "identity-5.1-trust-roots": [
    x509("where no trusted authority has the issuer's name: untrusted"),
    x509("where a certificate does not name the next as its issuer: untrusted"),
  ],
  "identity-6.1-one-meaning": [
    x509("authenticates the client in its URI, and the user in the client's URI"),
    x509("authenticates the user in a URI of its own, where a handle and a client are in one certificate"),
  ],

  "discovery-3-verifiable": [discovery("with the issuer's key and nothing else")],
  "discovery-6-only-recipient-authorises": [
    identifier("R1: is not mapped by what its holder has not signed"),
    discovery("refuses a mapping signed by another key, by another issuer, or for another identifier"),
  ],
  "discovery-7-preference-tags": [discovery("keeps services in the recipient's order, with their tags")],
  "discovery-8-all-mappings": [discovery("of one recipient, whoever's services they are for")],
  "discovery-9-verifiable": [
    discovery("with the issuer's key and nothing else"),
    discovery("and notices any change of the discovery provider's (any octet)"),
    testsOf("spec-model/participant/finding")("R4: leaves out mappings that no trusted issuer stands behind"),
  ],
  "discovery-10-any-number": [
    discovery("tells no mapping from one without services, one service from several"),
  ],
  "discovery-11-not-both-ends": [
    discovery("as data: the relay learns the sender, the discovery provider the identifier"),
    discovery("in octets: nothing that passes the relay has the identifier or the services in it"),
    discovery("in state: two lookups of different senders leave the same at the discovery provider"),
    testsOf("simulator/scenarios/introductions")(
      "I52: sends the discovery provider nothing of Alice, and its relay nothing of the number",
    ),
  ],
  "discovery-12-encrypted-in-transit": [
    discovery("end to end between sender and discovery provider: a changed octet is noticed (any octet)"),
  ],
  "discovery-13-enumeration": [
    discovery("looks up nothing without a token, with another's, or with one twice"),
    discovery("gives a provider's users so many tokens in a period, and again in the next"),
    testsOf("spec-model/provider/outside-rooms")(
      "R8: gets so many tokens a day for each user, whichever of its clients asks",
    ),
  ],
  "discovery-14-removal": [
    identifier("DP4: is not mapped any more once its holder says so"),
    identifier("I52: never answers with a mapping that was removed or is a former holder's (any sequence)"),
    discovery("by the recipient; then they are neither answered with nor kept"),
  ],
  "discovery-14-who-removes": [
    identifier("R10: is not unmapped by anybody else's word"),
    identifier("R10: loses a former holder's mappings when its issuer says that it is somebody else's"),
    discovery("refuses a stranger's order, and one of an issuer that did not issue the identifier"),
  ],
  "arch-4-hub-sets-state": [
    policyRule("creator-is-participant"),
    testsOf("spec-model/room/policy/result")("has a creator that is its participant"),
  ],
  "arch-5.4-forwarded-to-hub": [
    testsOf("simulator/run/figures")(
      "%s has the messages of the run, in the order in which each actor sends them",
    ),
  ],
  "arch-2-followers-use-hub": [
    testsOf("simulator/run/figures")(
      "%s has the messages of the run, in the order in which each actor sends them",
    ),
  ],
  "arch-4.3-in-step": [
    cooperativeRoom("lets a user leave with all clients, and not leave clients behind"),
    testsOf("simulator/run/random-rooms")("keeps every room in order, whatever its users want"),
  ],
  "arch-5.2-authenticated-by-server": [
    testsOf("spec-model/requirements/request-heads")("is not %j"),
    follower("takes nothing from a provider that is not the room's hub"),
  ],
  "message-status-3-values": [testsOf("spec-model/requirements/content")("is one of seven, numbered from 0")],
  "identity-4-pseudonyms": [
    testsOf("spec-model/credentials/pseudonym")("authenticates its pseudonyms to the hub, and no more"),
    testsOf("spec-model/credentials/pseudonym")(
      "has pseudonyms that are random UUIDs at the provider's domain",
    ),
  ],
  "discovery-3-preconditions": [
    discovery(
      "takes one that the holder signed, with the issuer's proof that the identifier is the holder's",
    ),
    discovery("the issuer proves it to its subscriber and to nobody else"),
  ],
  "message-status-3-policy": [
    testsOf("spec-model/room/conduct/conduct")(
      "are for the room's policy, and then for the user: %s, %s, %s",
    ),
  ],
  // Of a commit that its hub has sequenced a client only puts on record what it thinks: docs/findings has the reason.
  "arch-4.4-discards": [
    testsOf("simulator/scenarios/every-scenario")("%s ends as it should", "role-changes"),
    testsOf("simulator/scenarios/quiet-room")(
      "is dropped by whoever gets it where the sender's client does not care; the hub cannot read it",
    ),
  ],
};
