/** Providers and hubs that get key material, consent, downloads, mappings and franks wrong. protocol-06 §5 */
import { type FrankRule, frankRules } from "../../../spec-model/franking/index.ts";
import { alteredMachine, type MachineChange } from "../../variants/index.ts";
import type { After, Faculties, MachineEvent, MachineName } from "../faculties.ts";
import { type AnswerDefect, by, type Row } from "./mistake.ts";

const hearing =
  (name: MachineName, change: (event: MachineEvent) => object) =>
  (_: Faculties): Partial<Faculties> => ({
    hears: (who, event) => (who === name ? ({ ...event, ...change(event) } as MachineEvent) : event),
  });
const uttering =
  (name: MachineName, change: (after: After) => Partial<After>) =>
  (_: Faculties): Partial<Faculties> => ({
    utters: (who, after) => (who === name ? { ...after, ...change(after) } : after),
  });
type Change = MachineChange extends infer Each
  ? Each extends unknown
    ? Omit<Each, "machine">
    : never
  : never;
const altered =
  (name: MachineName, change: Change) =>
  ({ machines }: Faculties): Partial<Faculties> => {
    const machine = machines[name];
    return {
      machines: {
        ...machines,
        [name]: alteredMachine(machine, [{ machine: machine.id, ...change } as MachineChange]),
      },
    };
  };

interface Material {
  readonly client: string;
  readonly status: string;
  readonly reference: string | undefined;
}
/** An answer with other clients in it. */
const listing = (change: (clients: readonly Material[]) => readonly unknown[]) =>
  uttering("stock", ({ first }) => {
    const { clients } = first as { readonly clients?: readonly Material[] };
    return clients === undefined ? {} : { first: { ...first, clients: change(clients) } };
  });
const coding = (from: string, to: string) =>
  uttering("stock", ({ first }) =>
    first["userStatus"] === from ? { first: { ...first, userStatus: to } } : {},
  );
const naming = (from: string, to: string) =>
  listing((clients) => clients.map((each) => (each.status === from ? { ...each, status: to } : each)));

const keyMaterial: readonly Row[] = [
  [
    "provider-answers-for-one-client",
    "hands out key material of one of the user's clients",
    ["protocol-5.2-all-clients"],
    listing((clients) => clients.slice(0, 1)),
  ],
  [
    "provider-leaves-out-clients",
    "lists only the clients that it has material of",
    ["protocol-5.2-each-client-listed"],
    listing((clients) => clients.filter(({ status }) => status === "success")),
  ],
  [
    "provider-hands-out-the-incapable",
    "does not look at the capabilities that are required",
    ["protocol-5.2-required-capabilities", "protocol-5.2-client-incompatible"],
    hearing("stock", ({ type }) => (type === "claim" ? { requiredCapabilities: [] } : {})),
  ],
  [
    "provider-hands-out-the-expired",
    "hands out KeyPackages that have expired",
    ["protocol-5.2-not-expired"],
    hearing("stock", ({ type }) => (type === "claim" ? { now: 0 } : {})),
  ],
  [
    "provider-calls-some-all",
    "says success where some clients have nothing",
    ["protocol-5.2-success-means-all", "protocol-5.2-partial-means-some"],
    coding("partialSuccess", "success"),
  ],
  [
    "provider-calls-all-some",
    "says partialSuccess where every client has something",
    ["protocol-5.2-partial-means-some"],
    coding("success", "partialSuccess"),
  ],
  [
    "provider-knows-one-protocol",
    "does not look which protocol is asked for",
    ["protocol-5.2-incompatible-protocol"],
    altered("stock", { without: "isForOtherProtocol" }),
  ],
  [
    "provider-calls-exhausted-incompatible",
    "says nothingCompatible of a client that has run out",
    ["protocol-5.2-client-exhausted"],
    naming("keyMaterialExhausted", "nothingCompatible"),
  ],
  [
    "provider-calls-incompatible-exhausted",
    "says keyMaterialExhausted of a client that has other material",
    ["protocol-5.2-client-incompatible"],
    naming("nothingCompatible", "keyMaterialExhausted"),
  ],
  [
    "provider-calls-strangers-deleted",
    "says userDeleted of users that it never had",
    ["protocol-5.2-user-unknown"],
    ({ codeForStranger }) => ({
      codeForStranger: (policy) => (codeForStranger(policy) === "userUnknown" ? "userDeleted" : "noConsent"),
    }),
  ],
  [
    "provider-tells-who-is-deleted",
    "says userDeleted to those without consent, too",
    ["protocol-5.2-no-consent-hides"],
    coding("noConsent", "userDeleted"),
  ],
  [
    "provider-forgets-rooms-of-key-packages",
    "does not keep for which room it has handed out a KeyPackage",
    ["protocol-5.2-one-room-only"],
    ({ reservationsOf }) => ({
      reservationsOf: (...asked) => reservationsOf(...asked).map((each) => ({ ...each, room: undefined })),
    }),
  ],
  [
    "provider-publishes-nothing",
    "answers no request for key material",
    ["protocol-4.3-publishes-key-material"],
    altered("stock", { leavesOut: "answer" }),
  ],
];

const consent: readonly Row[] = [
  [
    "provider-lets-anybody-ask",
    "takes requests for consent from any provider",
    ["protocol-5.7-request-domains"],
    () => ({ mayRequest: () => true }),
  ],
  [
    "provider-lets-anybody-decide",
    "takes grants and revocations from any provider",
    ["protocol-5.7-update-domains"],
    () => ({ mayUpdate: () => true }),
  ],
  [
    "provider-cancels-unasked",
    "cancels requests that it has not made",
    ["protocol-5.7-cancel-same-scope"],
    uttering("consentCache", ({ effects }) => ({
      effects: effects.map((each) => (each === "refuseCancel" ? "sendCancel" : each)),
    })),
  ],
  [
    "provider-revokes-on-cancel",
    "takes a cancellation for a revocation",
    ["protocol-5.7-unmatched-cancel"],
    hearing("consent", ({ type }) => (type === "cancel" ? { type: "revoke", order: 9 } : {})),
  ],
  [
    "provider-wants-a-request-first",
    "tells its user of a grant only if it was asked for",
    ["protocol-5.7-unsolicited", "protocol-8-scopes-independent"],
    altered("consentCache", { leavesOut: "tellGranted", on: "granted" }),
  ],
  [
    "provider-tells-revocations",
    "tells of every revocation, whatever its policy",
    ["protocol-5.7-silent-revocation"],
    altered("consent", { always: "revocationsAreTold" }),
  ],
  [
    "provider-acknowledges-nothing",
    "does not tell its user that a request was received",
    ["protocol-8-acknowledged"],
    altered("consentCache", { leavesOut: "tellReceived" }),
  ],
  [
    "provider-asks-the-denied-again",
    "shows every request, though the target has denied it",
    [],
    altered("consent", { without: "isDeniedForAnyRoom" }),
  ],
];

const downloads: readonly Row[] = [
  [
    "hub-passes-errors-on-as-assets",
    "answers 200 whatever the asset host answered",
    ["protocol-5.10.2-body"],
    uttering("fetch", ({ first }) => (first["status"] === 404 ? { first: { ...first, status: 200 } } : {})),
  ],
  [
    "hub-has-no-proxy",
    "fetches nothing for anybody",
    ["protocol-5.10.2-proxy-exists", "protocol-5.10-hub-supports-both"],
    altered("fetch", { always: "isForbidden" }),
  ],
  [
    "hub-compares-host-endings",
    "takes a host that ends like an asset host for one",
    ["protocol-5.10.2-no-open-proxy", "protocol-5.10.3-known-targets"],
    ({ proxyDecision }) => ({
      proxyDecision: (hosts, url) => proxyDecision(hosts, url, { hostCheck: "suffix" }),
    }),
  ],
  [
    "hub-fetches-too-much",
    "fetches whatever there is, however large",
    [],
    altered("fetch", { without: "isTooLarge" }),
  ],
  ["hub-caches-nothing", "fetches what it has", [], altered("fetch", { without: "isCached" })],
  ["client-opens-errors", "takes an error for the asset", [], altered("download", { without: "isMissing" })],
];

const mappings: readonly Row[] = [
  [
    "discovery-keeps-one-mapping",
    "answers with one mapping of an identifier",
    ["discovery-8-all-mappings"],
    uttering("identifier", ({ context }) => ({
      context: {
        ...(context as object),
        mappings: (context as { readonly mappings: readonly unknown[] }).mappings.slice(0, 1),
      },
    })),
  ],
];

/** Requirements that the checks of a frank stand for. */
const ofFranks: Partial<Record<FrankRule, readonly string[]>> = {
  frankCipherSuite: ["protocol-5.4.1.3-suite-matches"],
  frankingAgentPresent: ["protocol-5.4.1.3-suite-matches"],
  frankingAgentIsHub: ["protocol-5.4.1.3-agent-is-hub"],
  senderIsSender: ["protocol-5.4.1.1-same-sender"],
};

const franks: readonly Row[] = [
  ...(Object.keys(frankRules) as FrankRule[]).map(
    (rule): Row => [
      `client-skips-${rule}`,
      `does not see to it: ${frankRules[rule][1]}`,
      ofFranks[rule] ?? [],
      ({ examineFrank }) => ({
        examineFrank: (...asked) => {
          const found = examineFrank(...asked);
          return found.verdict === "wrong" && found.rule === rule ? { verdict: "none" } : found;
        },
      }),
    ],
  ),
  [
    "client-keeps-no-evidence",
    "keeps a message without the time and sender that its frank is for",
    ["protocol-5.4.1.3-evidence-kept"],
    ({ examineFrank }) => ({
      examineFrank: (...asked) => {
        const found = examineFrank(...asked);
        if (found.verdict !== "verified") return found;
        const context = { ...found.evidence.context, acceptedTimestamp: 0n };
        return { verdict: "verified", evidence: { ...found.evidence, context } };
      },
    }),
  ],
];

export const outsideMistakes: readonly AnswerDefect[] = [
  ...by("provider", [...keyMaterial, ...consent]),
  ...by(
    "hub",
    downloads.filter(([id]) => id.startsWith("hub")),
  ),
  ...by(
    "client",
    downloads.filter(([id]) => id.startsWith("client")),
  ),
  ...by("discovery provider", mappings),
  ...by("client", franks),
];
