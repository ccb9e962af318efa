/** Downloads at hub and client, abuse reports, and mappings of identifiers. protocol-06 §5.9 and §5.10, user-discovery R1 to R10 */
import { defaultAbuseVariants } from "../../../spec-model/abuse/index.ts";
import { defaultAssetVariants, mostOctets } from "../../../spec-model/assets/index.ts";
import { after, type Faculties, type MachineEvent } from "../faculties.ts";
import { type Expected, of, same } from "./expected.ts";
import { assets } from "./policy-settings.ts";

const hosts = { "b.example": ["assets.b.example"] };
const url = "https://assets.b.example/x";
const asked = { type: "asked", isCached: false };
const upstream = (status: number, size = 10, location?: string) => ({
  type: "upstream",
  status,
  size,
  location,
});

function fetched(f: Faculties, events: readonly MachineEvent[], from = url) {
  const { state, effects, first } = after(
    f,
    "fetch",
    { url: from, hosts, variants: defaultAssetVariants },
    events,
  );
  return [state, ...effects, ...(first["status"] === undefined ? [] : [first["status"]])];
}
function downloaded(f: Faculties, way: string, ...events: readonly MachineEvent[]) {
  const { state, effects } = after(f, "download", { way }, events);
  return [state, ...effects];
}
const wanted = { type: "wanted", refusal: undefined, hasKey: false };
const arrived = (status: number, problem?: string) => ({ type: "arrived", status, problem });

const bob = "mimi://b.example/u/bob";
const cathy = "mimi://c.example/u/cathy";
const good = {
  name: "first",
  from: "c.example",
  reporter: cathy,
  alleged: bob,
  note: "",
  messages: [{ verified: true, sender: bob, messageId: "01", acceptedMs: 1000 }],
  providerTakesPart: true,
  asker: undefined,
  mayReport: true,
};
/** How many of these reports count. */
function counted(f: Faculties, ...reports: readonly object[]): number {
  const input = { room: "mimi://a.example/r/club", variants: defaultAbuseVariants };
  const events = reports.map((report) => ({ type: "reported", report }));
  return (after(f, "reports", input, events).context as { readonly records: readonly unknown[] }).records
    .length;
}

const authorise = (reference: string, change: object = {}) => {
  const { isGenuine = true, ...rest } = change as { readonly isGenuine?: boolean };
  const mapping = { reference, holder: "bob", assigned: 100, authorised: 200, ...rest };
  return { type: "authorise", isGenuine, mapping };
};
const remove = (author: string, until: number, isGenuine = true) => ({
  type: "remove",
  author,
  until,
  isGenuine,
});
function mappings(f: Faculties, ...events: readonly MachineEvent[]): string[] {
  const { context } = after(f, "identifier", { identifier: "+12125551212" }, events);
  return (context as { readonly mappings: readonly { readonly reference: string }[] }).mappings.map(
    ({ reference }) => reference,
  );
}

export const assetsAndReportsExpected: readonly Expected[] = [
  ...of("protocol-06 §5.10.2", [
    [
      "proxy-fetches",
      "the hub fetches what a peer's asset host has",
      (f) => same(fetched(f, [asked]), ["fetching", "fetch"]),
    ],
    [
      "proxy-closed",
      "the hub fetches nothing from other hosts",
      (f) => same(fetched(f, [asked], "https://internal.example/x"), ["refused", "refuse", 403]),
    ],
    [
      "proxy-exact-host",
      "a host that ends like an asset host is another one",
      ({ proxyDecision }) => !proxyDecision(hosts, "https://evilassets.b.example/x").allowed,
    ],
    [
      "proxy-passes-on",
      "what the URL holds is passed on",
      (f) => same(fetched(f, [asked, upstream(200)]), ["answered", "cache", "passOn"]),
    ],
    [
      "proxy-passes-errors-on",
      "an error is passed on as one",
      (f) => same(fetched(f, [asked, upstream(404)]), ["answered", "passOn", 404]),
    ],
    [
      "proxy-no-server",
      "where the asset host does not answer, there is an error",
      (f) => same(fetched(f, [asked, { type: "unanswered" }]), ["answered", "passOn", 504]),
    ],
    [
      "proxy-no-redirects",
      "a redirect does not lead elsewhere",
      (f) =>
        same(fetched(f, [asked, upstream(302, 0, "https://internal.example/")]), ["refused", "refuse", 502]),
    ],
    [
      "proxy-bounded",
      "what is too large is not passed on",
      (f) => same(fetched(f, [asked, upstream(200, mostOctets + 1)]), ["refused", "refuse", 502]),
    ],
    [
      "proxy-cache",
      "what is cached is not fetched again",
      (f) => same(fetched(f, [{ ...asked, isCached: true }]), ["answered", "answerFromCache"]),
    ],
  ]),
  ...of("room-policy-04 §6.4", [
    [
      "download-refused",
      "what the room refuses is not downloaded",
      (f) => same(downloaded(f, "direct", { ...wanted, refusal: "download-type" }), ["refused", "report"]),
    ],
    [
      "download-key-first",
      "Oblivious HTTP begins with the gateway's key",
      (f) => same(downloaded(f, "ohttp", wanted), ["fetchingKey", "askForKey"]),
    ],
    [
      "download-opened",
      "what is as promised is opened",
      (f) => same(downloaded(f, "direct", wanted, arrived(200)), ["opened", "open"]),
    ],
    [
      "download-hash",
      "what is not as promised is not opened",
      (f) => same(downloaded(f, "direct", wanted, arrived(200, "wrongHash")), ["failed", "report"]),
    ],
    [
      "download-missing",
      "an error is not opened",
      (f) => same(downloaded(f, "direct", wanted, arrived(404)), ["failed", "report"]),
    ],
    [
      "upload-host",
      "a user uploads where the room has its provider's assets lie",
      ({ uploadHost }) => uploadHost(assets(), bob) === "assets.b.example",
    ],
  ]),
  ...of("protocol-06 §5.9", [
    ["report-counted", "a report that proves its message counts", (f) => counted(f, good) === 1],
    [
      "report-of-strangers",
      "a report by a provider without participants does not count",
      (f) => counted(f, { ...good, providerTakesPart: false }) === 0,
    ],
    [
      "report-in-anothers-name",
      "a report in the name of another provider's user does not count",
      (f) => counted(f, { ...good, from: "b.example" }) === 0,
    ],
    [
      "report-by-incapable",
      "a report by a user without canReportAbuse does not count",
      (f) => counted(f, { ...good, mayReport: false }) === 0,
    ],
    [
      "report-unproven",
      "a message that no frank of the hub's proves does not count",
      (f) => counted(f, { ...good, messages: [{ verified: false, rule: "frankedHere" }] }) === 0,
    ],
    [
      "report-of-another",
      "a report of somebody else than the message's sender does not count",
      (f) => counted(f, { ...good, alleged: cathy }) === 0,
    ],
    ["report-once", "a report that comes twice counts once", (f) => counted(f, good, good) === 1],
  ]),
  ...of("user-discovery §8 to §14", [
    [
      "mapping-all",
      "all that a holder has authorised is answered",
      (f) => same(mappings(f, authorise("1"), authorise("2")), ["1", "2"]),
    ],
    [
      "mapping-signed",
      "what the holder has not signed is not taken",
      (f) => same(mappings(f, authorise("1", { isGenuine: false })), []),
    ],
    [
      "mapping-removed",
      "what is removed is not answered any more",
      (f) => same(mappings(f, authorise("1"), remove("holder", 200)), []),
    ],
    [
      "mapping-stays-removed",
      "what was removed does not come back",
      (f) => same(mappings(f, authorise("1"), remove("holder", 200), authorise("1")), []),
    ],
    [
      "mapping-removed-by-whom",
      "nobody else removes a mapping",
      (f) => same(mappings(f, authorise("1"), remove("holder", 200, false)), ["1"]),
    ],
    [
      "mapping-of-former-holder",
      "a former holder maps the identifier no more",
      (f) =>
        same(mappings(f, authorise("1"), remove("issuer", 500), authorise("1", { authorised: 600 })), []),
    ],
  ]),
];
