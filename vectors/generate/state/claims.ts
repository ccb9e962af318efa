/** Claims of one user's KeyPackages at its provider. protocol-06 §5.2, mls-extensions §6.4 */
import type { Json, JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

const [phone, laptop] = ["mimi://b.example/d/bob/Phone", "mimi://b.example/d/bob/Laptop"] as const;
const now = 1_800_000_000;
const capable = ["extension app_data_dictionary", "proposal app_data_update", "proposal self_remove"];

interface KeyPackage {
  readonly reference: string;
  readonly client: string;
  readonly protocol: string;
  readonly cipherSuite: number;
  readonly notAfter: string;
  readonly capabilities: readonly string[];
  readonly isLastResort: boolean;
}

interface Claim {
  readonly requester: string;
  readonly room: string;
  readonly protocol: string;
  readonly acceptableCiphersuites: readonly number[];
  readonly requiredCapabilities: readonly string[];
  readonly now: string;
  readonly consent: "granted" | "otherRoom" | "missing";
}

const keyPackage = (reference: string, client: string, change: Partial<KeyPackage> = {}): KeyPackage => ({
  reference,
  client,
  protocol: "mls10",
  cipherSuite: 1,
  notAfter: `${now + 86_400}`,
  capabilities: capable,
  isLastResort: false,
  ...change,
});
const claim = (change: Partial<Claim> = {}): Claim => ({
  requester: "mimi://a.example/u/alice",
  room: "mimi://a.example/r/club",
  protocol: "mls10",
  acceptableCiphersuites: [1],
  requiredCapabilities: ["proposal app_data_update"],
  now: `${now}`,
  consent: "granted",
  ...change,
});
const given = (client: string, reference: string) => ({ client, status: "success", reference });
const without = (client: string, status: "keyMaterialExhausted" | "nothingCompatible") => ({
  client,
  status,
  reference: null,
});
const byClient = (a: { readonly client: string }, b: { readonly client: string }) =>
  a.client < b.client ? -1 : 1;

export function claimGroups(): VectorGroup[] {
  return [
    {
      operation: "key-packages.claim",
      comment: "Alice claims KeyPackages of Bob's phone and laptop",
      input: {},
      tests: [...answered(), ...refused()],
    },
  ];
}

const usual = [keyPackage("p1", phone), keyPackage("l1", laptop)];

/** What each claim has to get is written out by hand. */
function answered(): VectorCase[] {
  const kinds: readonly (readonly [
    slug: string,
    comment: string,
    stock: readonly KeyPackage[],
    claims: readonly Claim[],
    clients: readonly JsonObject[],
    rules: readonly string[],
  ])[] = [
    [
      "usual",
      "one for each client",
      usual,
      [claim()],
      [given(phone, "p1"), given(laptop, "l1")],
      ["all-clients", "success-means-all", "each-client-listed"],
    ],
    [
      "one-client",
      "a user with one client",
      [keyPackage("p1", phone)],
      [claim()],
      [given(phone, "p1")],
      ["success-means-all"],
    ],
    [
      "next",
      "the second claim gets the next",
      [...usual, keyPackage("p2", phone), keyPackage("l2", laptop)],
      [claim(), claim({ room: "mimi://a.example/r/attic" })],
      [given(phone, "p2"), given(laptop, "l2")],
      ["never-twice"],
    ],
    [
      "suite",
      "the first that has an acceptable cipher suite",
      [keyPackage("p2", phone, { cipherSuite: 2 }), ...usual],
      [claim()],
      [given(phone, "p1"), given(laptop, "l1")],
      ["suites-not-empty"],
    ],
    [
      "suites",
      "any of several cipher suites",
      [keyPackage("p2", phone, { cipherSuite: 2 }), ...usual],
      [claim({ acceptableCiphersuites: [1, 2, 3] })],
      [given(phone, "p2"), given(laptop, "l1")],
      ["suites-not-empty"],
    ],
    [
      "capable",
      "the first that has the required capabilities",
      [keyPackage("p0", phone, { capabilities: [] }), ...usual],
      [claim()],
      [given(phone, "p1"), given(laptop, "l1")],
      ["required-capabilities"],
    ],
    [
      "nothing-required",
      "without required capabilities",
      [keyPackage("p0", phone, { capabilities: [] }), ...usual],
      [claim({ requiredCapabilities: [] })],
      [given(phone, "p0"), given(laptop, "l1")],
      ["required-capabilities"],
    ],
    [
      "alive",
      "the first that has not expired",
      [keyPackage("p0", phone, { notAfter: `${now - 1}` }), ...usual],
      [claim()],
      [given(phone, "p1"), given(laptop, "l1")],
      ["not-expired"],
    ],
    [
      "last-second",
      "in its last second",
      [keyPackage("p1", phone, { notAfter: `${now + 1}` }), keyPackage("l1", laptop)],
      [claim()],
      [given(phone, "p1"), given(laptop, "l1")],
      ["not-expired"],
    ],
  ];
  const ordinary = kinds.map(([slug, comment, stock, claims, clients, rules]) =>
    positive({
      id: `key-packages-${slug}`,
      comment,
      requirements: rules.map((rule) => `protocol-5.2-${rule}`),
      outcome: "success",
      input: { stock: stock as unknown as Json, claims: claims as unknown as Json },
      output: { clients: clients.toSorted((a, b) => byClient(a as never, b as never)) },
    }),
  );
  return [...ordinary, ...lastResort()];
}

/** The drafts differ: protocol-06 hands nothing out twice, mls-extensions lets the last resort be. */
function lastResort(): VectorCase[] {
  const stock = [keyPackage("p-last", phone, { isLastResort: true }), keyPackage("p1", phone)];
  const kinds = [
    ["first", "one that is used once goes before the last resort", [claim()], "p1", "MUST"],
    ["left", "the last resort where nothing else is left", [claim(), claim()], "p-last", "MAY"],
    ["again", "the last resort again", [claim(), claim(), claim()], "p-last", "MAY"],
  ] as const;
  return kinds.map(([slug, comment, claims, reference, level]) =>
    positive({
      id: `key-packages-last-resort-${slug}`,
      comment,
      level,
      requirements: ["mls-extensions-6.4.1-last-resort-reused"],
      outcome: "success",
      input: { stock: stock as unknown as Json, claims: claims as unknown as Json },
      output: { clients: [given(phone, reference)] },
    }),
  );
}

function refused(): VectorCase[] {
  const parent = answered()[0];
  if (parent === undefined) return [];
  const wrong = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    rules: readonly string[],
    outcome: string | readonly string[],
    change: { stock?: readonly KeyPackage[]; claims?: readonly Claim[]; deleted?: true },
    clients?: readonly ReturnType<typeof without>[] | readonly JsonObject[],
  ) =>
    negative(parent, {
      slug,
      flag,
      path,
      op,
      outcome,
      requirements: rules.map((rule) => `protocol-5.2-${rule}`),
      // Whether the last second of a lifetime still counts is nowhere written.
      ...(slug === "expires-now" ? { level: "SHOULD" } : {}),
      change: change as unknown as JsonObject,
      ...(clients === undefined
        ? {}
        : {
            output: {
              clients: clients.toSorted((a, b) => byClient(a as never, b as never)) as unknown as Json,
            },
          }),
    });
  const all = "noCompatibleMaterial";
  const some = "partialSuccess";
  const expired = { notAfter: `${now - 1}` };
  const incapable = { capabilities: ["proposal self_remove"] };
  const [p1, l1] = usual as [KeyPackage, KeyPackage];
  return [
    wrong(
      "again",
      "Spent",
      "KeyMaterialResponse",
      "the same claim comes again, and everything is spent",
      ["never-twice"],
      all,
      { claims: [claim(), claim()] },
    ),
    wrong(
      "one-spent",
      "Spent",
      "KeyMaterialResponse",
      "everything of the phone is spent",
      ["never-twice", "partial-means-some", "client-exhausted"],
      some,
      { stock: [...usual, keyPackage("l2", laptop)], claims: [claim(), claim()] },
      [without(phone, "keyMaterialExhausted"), given(laptop, "l2")],
    ),
    wrong(
      "expired",
      "Expired",
      "KeyPackage.lifetime",
      "the phone's has expired",
      ["not-expired", "client-exhausted"],
      some,
      { stock: [keyPackage("p1", phone, expired), l1] },
      [without(phone, "keyMaterialExhausted"), given(laptop, "l1")],
    ),
    wrong("all-expired", "Expired", "KeyPackage.lifetime", "all have expired", ["not-expired"], all, {
      stock: [keyPackage("p1", phone, expired), keyPackage("l1", laptop, expired)],
    }),
    wrong(
      "expires-now",
      "Expired",
      "KeyPackage.lifetime",
      "the phone's expires in this second",
      ["not-expired"],
      some,
      { stock: [keyPackage("p1", phone, { notAfter: `${now}` }), l1] },
      [without(phone, "keyMaterialExhausted"), given(laptop, "l1")],
    ),
    wrong(
      "later",
      "Expired",
      "KeyPackage.lifetime",
      "the claim comes when all have expired",
      ["not-expired"],
      all,
      { claims: [claim({ now: `${now + 90_000}` })] },
    ),
    wrong(
      "suite",
      "Incompatible",
      "KeyMaterialRequest.acceptableCiphersuites",
      "the phone's is of another cipher suite",
      ["client-incompatible"],
      some,
      { stock: [keyPackage("p1", phone, { cipherSuite: 2 }), l1] },
      [without(phone, "nothingCompatible"), given(laptop, "l1")],
    ),
    wrong(
      "no-suite",
      "Incompatible",
      "KeyMaterialRequest.acceptableCiphersuites",
      "no KeyPackage is of the cipher suite",
      ["no-compatible"],
      all,
      { claims: [claim({ acceptableCiphersuites: [3] })] },
    ),
    wrong(
      "incapable",
      "Incompatible",
      "KeyMaterialRequest.requiredCapabilities",
      "the phone lacks a capability",
      ["client-incompatible", "required-capabilities"],
      some,
      { stock: [keyPackage("p1", phone, incapable), l1] },
      [without(phone, "nothingCompatible"), given(laptop, "l1")],
    ),
    wrong(
      "all-incapable",
      "Incompatible",
      "KeyMaterialRequest.requiredCapabilities",
      "all lack a capability",
      ["no-compatible", "required-capabilities"],
      all,
      { claims: [claim({ requiredCapabilities: ["proposal app_data_update", "extension 0xf0f0"] })] },
    ),
    wrong(
      "other-registry",
      "Incompatible",
      "KeyMaterialRequest.requiredCapabilities",
      "they have a capability of the same name in another registry",
      ["required-capabilities"],
      all,
      { claims: [claim({ requiredCapabilities: ["extension app_data_update"] })] },
    ),
    wrong(
      "protocol",
      "Incompatible",
      "KeyMaterialRequest.protocol",
      "the request is for another protocol",
      ["incompatible-protocol"],
      "incompatibleProtocol",
      { claims: [claim({ protocol: "mls20" })] },
    ),
    wrong(
      "no-consent",
      "Consent",
      "KeyMaterialRequest.targetUser",
      "there is no consent",
      ["no-consent"],
      "noConsent",
      { claims: [claim({ consent: "missing" })] },
      [],
    ),
    wrong(
      "other-room",
      "Consent",
      "KeyMaterialRequest.roomId",
      "there is consent for another room",
      ["no-consent-this-room", "no-consent"],
      ["noConsentForThisRoom", "noConsent"],
      { claims: [claim({ consent: "otherRoom" })] },
      [],
    ),
    wrong(
      "deleted",
      "Consent",
      "KeyMaterialRequest.targetUser",
      "the user has been deleted",
      ["user-deleted", "no-consent-hides"],
      ["userDeleted", "userUnknown", "noConsent"],
      { deleted: true },
      [],
    ),
    wrong(
      "empty",
      "Spent",
      "KeyMaterialResponse",
      "nothing was ever stored for the user",
      ["client-exhausted"],
      all,
      { stock: [] },
    ),
    wrong(
      "spent-by-other",
      "Spent",
      "KeyMaterialResponse",
      "another requester has taken everything",
      ["never-twice"],
      all,
      { claims: [claim({ requester: "mimi://c.example/u/cathy" }), claim()] },
    ),
    wrong(
      "refused-first",
      "Consent",
      "KeyMaterialResponse",
      "a claim with consent takes everything, one without is refused",
      ["no-consent"],
      "noConsent",
      { claims: [claim(), claim({ consent: "missing" })] },
      [],
    ),
    wrong(
      "same-twice",
      "Spent",
      "KeyPackage",
      "the same KeyPackage is stored twice, and handed out once",
      ["never-twice"],
      all,
      { stock: [p1, p1, l1], claims: [claim(), claim()] },
    ),
  ];
}
