/** Requests for consent, grants and revocations, at both providers. protocol-06 §5.7 and §8 */
import { after, type Faculties, type MachineEvent } from "../faculties.ts";
import { of, same } from "./expected.ts";

const scope = { requester: "mimi://a.example/u/alice", target: "mimi://b.example/u/bob", room: undefined };
const request = { type: "request", isDeniedForAnyRoom: false };
const cancel = { type: "cancel" };
const grant = { type: "grant", order: 1 };
const revoke = { type: "revoke", order: 2 };
const ask = { type: "ask" };

function target(f: Faculties, events: readonly MachineEvent[], tellsRevocations = false) {
  const { state, effects } = after(f, "consent", { scope, policy: { tellsRevocations } }, events);
  return [state, ...effects];
}
function requester(f: Faculties, ...events: readonly MachineEvent[]) {
  const { state, effects } = after(f, "consentCache", undefined, events);
  return [state, ...effects];
}
const toBob = { sender: "a.example", own: "b.example" };
const toAlice = { sender: "b.example", own: "a.example" };

export const consentExpected = of("protocol-06 §5.7", [
  [
    "consent-shown",
    "the target is shown who asks",
    (f) => same(target(f, [request]), ["requested", "showRequest"]),
  ],
  [
    "consent-noted",
    "a decision is noted with its order",
    (f) =>
      (
        after(f, "consent", { scope, policy: { tellsRevocations: false } }, [grant]).context as {
          readonly decided: number;
        }
      ).decided === 1,
  ],
  [
    "consent-conveyed",
    "the requester's provider is told of a grant",
    (f) => same(target(f, [request, grant]), ["granted", "conveyGrant"]),
  ],
  [
    "consent-unsolicited",
    "a grant needs no request",
    (f) => same(target(f, [grant]), ["granted", "conveyGrant"]),
  ],
  [
    "consent-unsolicited-told",
    "a grant that nobody asked for is taken by the requester's provider",
    (f) => same(requester(f, { type: "granted" }), ["granted", "tellGranted"]),
  ],
  [
    "consent-silent-revocation",
    "a revocation need not be told",
    (f) => same(target(f, [grant, revoke]), ["revoked"]),
  ],
  [
    "consent-cancelled",
    "a request that is taken back is withdrawn",
    (f) => same(target(f, [request, cancel]), ["none", "withdrawRequest"]),
  ],
  [
    "consent-unmatched-cancel",
    "a cancellation without a request changes nothing",
    (f) => same(target(f, [grant, cancel]), ["granted", "takeNoAction"]),
  ],
  [
    "consent-cancel-of-request",
    "nobody cancels what was not asked for",
    (f) => same(requester(f, { type: "takeBack" }), ["unasked", "refuseCancel"]),
  ],
  [
    "consent-cancel-sent",
    "a request that was made can be cancelled",
    (f) => same(requester(f, ask, { type: "takeBack" }), ["unasked", "sendCancel"]),
  ],
  ["consent-asked", "asking sends a request", (f) => same(requester(f, ask), ["asked", "sendRequest"])],
  [
    "consent-received",
    "whoever asks is told that the request was received",
    (f) => same(requester(f, ask, { type: "answered", status: 201 }), ["asked", "tellReceived"]),
  ],
  [
    "consent-unknown",
    "whoever asks for somebody unknown is told so",
    (f) => same(requester(f, ask, { type: "answered", status: 404 }), ["unasked", "tellUnknown"]),
  ],
  [
    "consent-failed",
    "whoever asks is told that the request failed",
    (f) => same(requester(f, ask, { type: "answered", status: 503 }), ["unasked", "tellFailed"]),
  ],
  [
    "consent-revoked-told",
    "a revocation that is told is taken",
    (f) => same(requester(f, { type: "revoked" }), ["revoked", "tellRevoked"]),
  ],
  [
    "consent-not-asked-again",
    "whoever was denied does not make the target be asked again",
    (f) => same(target(f, [revoke, request]), ["requestedAgain", "takeNoAction"]),
  ],
  [
    "consent-denied-for-any",
    "who is denied for any room is not shown for one",
    (f) =>
      same(target(f, [{ type: "request", isDeniedForAnyRoom: true }]), ["requestedUnseen", "takeNoAction"]),
  ],
  [
    "consent-told-revocation",
    "a revocation is told where the policy says so",
    (f) => same(target(f, [grant, revoke], true), ["revoked", "conveyRevocation"]),
  ],
  [
    "consent-request-domains",
    "only the requester's provider asks, and only the target's is asked",
    (f) =>
      same(
        [
          f.mayRequest(scope, toBob),
          f.mayRequest(scope, toAlice),
          f.mayRequest(scope, { sender: "c.example", own: "b.example" }),
        ],
        [true, false, false],
      ),
  ],
  [
    "consent-update-domains",
    "only the target's provider decides, and only the requester's is told",
    (f) => same([f.mayUpdate(scope, toAlice), f.mayUpdate(scope, toBob)], [true, false]),
  ],
]);
