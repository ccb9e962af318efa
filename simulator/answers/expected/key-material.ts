/** What a provider hands out of its users' key material, and what it answers otherwise. protocol-06 §5.2 */
import { defaultKeyMaterialPolicy } from "../../../spec-model/key-material/index.ts";
import { after, type Faculties, type MachineEvent } from "../faculties.ts";
import { of, same } from "./expected.ts";

const keyPackage = (reference: string, change: object = {}) => ({
  reference,
  client: reference[0],
  protocol: "mls10",
  cipherSuite: 1,
  notAfter: 1000,
  capabilities: ["proposal 8"],
  isLastResort: false,
  ...change,
});
const store = (...keyPackages: readonly object[]) => ({ type: "store", keyPackages });
const room = "mimi://a.example/r/x";
const claim = (change: object = {}) => ({
  type: "claim",
  request: "1",
  requester: "mimi://a.example/u/alice",
  room,
  protocol: "mls10",
  acceptableCiphersuites: [1],
  requiredCapabilities: [],
  now: 10,
  consent: "granted",
  refused: undefined,
  ...change,
});

interface Given {
  readonly client: string;
  readonly status: string;
  readonly reference: string | undefined;
}

function asked(faculties: Faculties, events: readonly MachineEvent[], policy: object = {}) {
  const input = { user: "mimi://b.example/u/bob", policy: { ...defaultKeyMaterialPolicy, ...policy } };
  return after(faculties, "stock", input, events);
}
/** The user's code, and code and KeyPackage of each client. */
function answer(faculties: Faculties, ...events: readonly MachineEvent[]): unknown[] {
  return answerUnder(faculties, {}, ...events);
}
function answerUnder(faculties: Faculties, policy: object, ...events: readonly MachineEvent[]): unknown[] {
  const {
    type,
    userStatus,
    clients = [],
  } = asked(faculties, events, policy).first as {
    readonly type: string;
    readonly userStatus?: string;
    readonly clients?: readonly Given[];
  };
  return [userStatus ?? type, ...clients.map((each) => each.reference ?? each.status)];
}

const two = store(keyPackage("A1"), keyPackage("A2"), keyPackage("B1"));
const weak = keyPackage("C1", { capabilities: [] });
const needing = { requiredCapabilities: ["proposal 8"] };
const detailed = { refusals: "detailed" };

export const keyMaterialExpected = of("protocol-06 §5.2", [
  [
    "stock-all-clients",
    "each client of the user is listed, with a KeyPackage of its own",
    (f) => same(answer(f, two, claim()), ["success", "A1", "B1"]),
  ],
  [
    "stock-partial",
    "where a client has run out it is a partial success, and the client says so",
    (f) => same(answer(f, two, claim(), claim()), ["partialSuccess", "A2", "keyMaterialExhausted"]),
  ],
  [
    "stock-once",
    "what was handed out is gone",
    (f) => same(answer(f, store(keyPackage("A1")), claim(), claim()), ["noCompatibleMaterial"]),
  ],
  [
    "stock-capabilities",
    "a client without the required capabilities has nothing compatible",
    (f) =>
      same(answer(f, store(keyPackage("A1"), weak), claim(needing)), [
        "partialSuccess",
        "A1",
        "nothingCompatible",
      ]),
  ],
  [
    "stock-none-compatible",
    "where no client has anything compatible there is no success",
    (f) => same(answer(f, store(weak), claim(needing)), ["noCompatibleMaterial"]),
  ],
  [
    "stock-expired",
    "nothing is handed out that has expired",
    (f) => same(answer(f, store(keyPackage("A1")), claim({ now: 1000 })), ["noCompatibleMaterial"]),
  ],
  [
    "stock-protocol",
    "where nothing is for the protocol the answer is incompatibleProtocol",
    (f) => same(answer(f, store(keyPackage("A1")), claim({ protocol: "other" })), ["incompatibleProtocol"]),
  ],
  [
    "stock-no-consent",
    "nothing is handed out without consent",
    (f) => same(answer(f, two, claim({ consent: "missing" })), ["noConsent"]),
  ],
  [
    "stock-other-room",
    "where all cases are told apart, consent for another room has its own code",
    (f) => same(answerUnder(f, detailed, two, claim({ consent: "otherRoom" })), ["noConsentForThisRoom"]),
  ],
  [
    "stock-hides-deleted",
    "where refusals are uniform, a deleted user is answered for like one without consent",
    (f) => same(answer(f, two, { type: "delete" }, claim()), ["noConsent"]),
  ],
  [
    "stock-deleted",
    "of a deleted user nothing is left to hand out",
    (f) =>
      same(answerUnder(f, detailed, two, { type: "delete" }, claim()), ["userDeleted"]) &&
      same((asked(f, [two, { type: "delete" }]).context as { readonly stock: unknown }).stock, []),
  ],
  [
    "stock-stranger",
    "where cases are told apart, a stranger is userUnknown",
    ({ codeForStranger }) => codeForStranger({ refusals: "detailed" }) === "userUnknown",
  ],
  [
    "stock-signature",
    "a request whose signature does not fit is not answered with key material",
    (f) => same(answer(f, two, claim({ refused: "signature" })), ["rejectRequest"]),
  ],
  [
    "stock-room",
    "it is kept for which room a KeyPackage was handed out",
    (f) => {
      const context = asked(f, [two, claim()]).context as Parameters<Faculties["reservationsOf"]>[0];
      return f.reservationsOf(context, "A1")[0]?.room === room;
    },
  ],
]);
