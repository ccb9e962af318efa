/** Who learns what in the three ways to download, read off the run; and what a damaged download is refused for. §5.10 */
import { describe, expect, it } from "vitest";
import type { DeliveryPolicy } from "../../../simulator/kernel/index.ts";
import { rootRandom } from "../../../simulator/random/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { Trace, TraceEvent } from "../../../simulator/trace/index.ts";
import { decapsulateRequest, OhttpError, type Passage, whoLearns } from "../../../spec-model/assets/index.ts";
import { fromHex, hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider } from "../../../spec-model/provider/index.ts";

const scenario = scenarios.get("asset-download");
if (scenario === undefined) throw new Error("asset-download is not among the scenarios");
const told = scenario;
const seed = 3;
const suite = cipherSuite(1);
const { trace } = run(told, { seed, keepBodies: true });
const { gateway } = newProvider("a.example", suite, rootRandom(seed).split("keys/a.example"));
const cathy = "mimi://c.example/d/cathy/ClientC1";
const assets = "assets.b.example";
const room = "mimi://a.example/r/album";

type Sent = TraceEvent<"send">;

/** What went over the wires in the chapter whose title begins so. */
function passagesIn(whole: Trace, title: string): Passage[] {
  const phases = whole.events.flatMap((event) => (event.type === "phase" ? [event] : []));
  const at = phases.findIndex((phase) => phase.title.startsWith(title));
  const [from, to] = [phases[at]?.seq ?? 0, phases[at + 1]?.seq ?? Number.POSITIVE_INFINITY];
  return whole.events
    .filter((event): event is Sent => event.type === "send" && event.seq > from && event.seq < to)
    .map((sent) => ({
      from: sent.from,
      to: sent.to,
      path: sent.path ?? "",
      body: fromHex(sent.body ?? "") ?? noBytes,
    }));
}

/** The upload tells the test what there is to be learned. */
function secretsOf(title: string, content: string) {
  const upload = passagesIn(trace, title).find(({ to, path }) => to === assets && path !== "");
  if (upload === undefined) throw new Error("nothing was uploaded");
  const url = `https://${assets}${upload.path}`;
  return { client: cathy, provider: "c.example", room, url, ciphertext: upload.body, content: utf8(content) };
}

/** The hub has the key of its gateway, and nobody else has it. */
function opens(party: string, body: Uint8Array): Uint8Array | undefined {
  if (party !== "a.example") return undefined;
  try {
    return decapsulateRequest(suite, gateway, body).request;
  } catch (error) {
    if (error instanceof OhttpError) return undefined;
    throw error;
  }
}

const ferret = secretsOf("Bob shares an image", "a ferret");
const weasel = secretsOf("Bob shares another image", "a weasel");

describe("who learns what of a download", () => {
  it("directly: the asset server learns who downloads what, and nobody else learns anything", () => {
    expect(whoLearns(passagesIn(trace, "Cathy downloads it directly"), ferret, opens)).toEqual({
      [assets]: ["client", "url", "host", "ciphertext"],
    });
  });

  it("through the hub: the own provider learns who and what, the hub and the asset server what", () => {
    expect(whoLearns(passagesIn(trace, "Cathy downloads it through the hub"), ferret, opens)).toEqual({
      "c.example": ["client", "provider", "url", "host", "ciphertext"],
      "a.example": ["provider", "url", "host", "ciphertext"],
      [assets]: ["url", "host", "ciphertext"],
    });
  });

  it("from the cache of the own provider: neither the hub nor the asset server learns of it", () => {
    const again = { ...ferret, client: "mimi://c.example/d/cathy/ClientC2" };
    expect(whoLearns(passagesIn(trace, "Her other client"), again, opens)).toEqual({
      "c.example": ["client", "provider", "url", "host", "ciphertext"],
    });
  });

  it("by Oblivious HTTP: the own provider learns who, the hub what, and nobody both", () => {
    const learned = whoLearns(passagesIn(trace, "Cathy downloads it by Oblivious"), weasel, opens);
    expect(learned).toEqual({
      "c.example": ["client", "provider"],
      "a.example": ["provider", "url", "host", "ciphertext"],
      [assets]: ["url", "host", "ciphertext"],
    });
    for (const what of Object.values(learned))
      expect(what.includes("client") && what.includes("url")).toBe(false);
  });

  it("by Oblivious HTTP where the own provider is the hub: relay and gateway are one, and it learns who and what", () => {
    const intention = {
      type: "downloadAsset",
      room,
      of: { latestOf: "mimi://b.example/u/bob" },
      way: "ohttp",
    } as const;
    const client = "mimi://a.example/d/alice/ClientA1";
    const chapter = {
      title: "Alice downloads it",
      draft: "",
      moments: [[{ actor: client, says: "", intention }]],
    };
    const chapters = [...told.chapters, chapter];
    const whole = run({ ...told, chapters, outcomes: [] }, { seed, keepBodies: true }).trace;
    const learned = whoLearns(
      passagesIn(whole, "Alice downloads it"),
      { ...weasel, client, provider: "a.example" },
      opens,
    );
    expect(learned["a.example"]).toEqual(["client", "provider", "url", "host"]);
  });

  it("in no way does anybody learn the room or the content", () => {
    for (const title of [
      "Cathy downloads it directly",
      "Cathy downloads it through",
      "Cathy downloads it by",
    ]) {
      const secrets = title.endsWith("by") ? weasel : ferret;
      for (const what of Object.values(whoLearns(passagesIn(trace, title), secrets, opens))) {
        expect(what).not.toContain("room");
        expect(what).not.toContain("content");
      }
    }
  });
});

describe("a download that is not what the message promised", () => {
  /** An asset server that gives something else. */
  const answering = (name: string, change: (body: Uint8Array) => Uint8Array): DeliveryPolicy<unknown> => ({
    name,
    deliver: (link, envelope) =>
      link.from === assets && envelope.bytes.length > 0
        ? { type: "replace", bytes: change(envelope.bytes), what: name }
        : { type: "deliver" },
  });
  const codes = (policy: DeliveryPolicy<unknown>) => {
    const damaged = run(told, { seed, policies: [policy] }).trace;
    const noticed = damaged.events.flatMap((event) => (event.type === "noticed" ? [event.error.code] : []));
    const opened = damaged.events.filter(
      (event) => event.type === "decision" && event.text.startsWith("opens"),
    );
    return { codes: [...new Set(noticed)], opened: opened.length };
  };

  it("is refused for its size where it has another one", () => {
    expect(codes(answering("cut short", (body) => body.subarray(1)))).toEqual({
      codes: ["wrongSize"],
      opened: 0,
    });
  });

  it("is refused for its hash where an octet is another", () => {
    const flip = answering("changed", (body) => body.map((octet, i) => (i === 3 ? octet ^ 1 : octet)));
    expect(codes(flip)).toEqual({ codes: ["wrongHash"], opened: 0 });
  });
});

describe("an uploaded asset", () => {
  it("is a ciphertext: its content is not in what the asset server has", () => {
    expect(hex(ferret.ciphertext)).not.toContain(hex(utf8("ferret")));
  });
});
