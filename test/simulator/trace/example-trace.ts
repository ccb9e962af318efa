/** A small trace with one event of each type, and arbitrary well-formed traces. */
import fc from "fast-check";
import {
  createRecorder,
  type EventType,
  type Json,
  type Trace,
  type TraceEventBody,
  type TraceHeader,
} from "../../../simulator/trace/index.ts";

const sha256 = "ab".repeat(32);

export const exampleHeader: TraceHeader = {
  trace: "mimi-trace/1",
  scenario: "hello",
  title: "Alice says hello",
  seed: 1,
  version: "0.1.0",
  drafts: ["protocol-06", "content-09"],
  variants: { "duplicate-notify": "by message id" },
  options: { latency: "wan", bodies: false, limit: 100 },
  actors: [
    { id: "ServerA", kind: "provider", domain: "a.example", label: "ServerA" },
    { id: "ServerB", kind: "provider", domain: "b.example", label: "ServerB" },
    {
      id: "ClientA1",
      kind: "client",
      domain: "a.example",
      user: "mimi://a.example/u/alice",
      label: "ClientA1",
    },
  ],
};

/** One body of each type, in an order that makes a well-formed trace. */
const bodies: { readonly [T in EventType]: TraceEventBody<T> } = {
  phase: { type: "phase", title: "Alice says hello", draft: "protocol-06 §3.4" },
  intention: { type: "intention", actor: "ClientA1", text: "says hello" },
  decision: { type: "decision", actor: "ServerA", text: "verifies that the message is allowed" },
  send: {
    type: "send",
    id: 1,
    kind: "request",
    from: "ServerA",
    to: "ServerB",
    label: "/notify",
    operation: "notify",
    method: "POST",
    path: "/notify/a.example/r/clubhouse",
    summary: "FanoutMessage",
    size: 2,
    sha256,
    body: "00ff",
  },
  duplicate: { type: "duplicate", id: 2, copyOf: 1 },
  tamper: { type: "tamper", id: 2, what: "octet 0 changed", size: 2, sha256, body: "01ff" },
  drop: { type: "drop", id: 2, reason: "loss" },
  deliver: { type: "deliver", id: 1 },
  transition: {
    type: "transition",
    actor: "ServerB",
    machine: "follower",
    instance: "mimi://a.example/r/clubhouse",
    event: "notify",
    from: "following",
    to: "following",
    effects: ["deliver"],
  },
  epoch: {
    type: "epoch",
    actor: "ClientA1",
    room: "clubhouse",
    epoch: 3,
    context: sha256,
    authenticator: "00",
  },
  shown: { type: "shown", actor: "ClientA1", room: "clubhouse", messageId: "01", text: "hello" },
  noticed: {
    type: "noticed",
    actor: "ServerB",
    of: 1,
    error: { type: "WireError", code: "truncated", where: "FanoutMessage.timestamp", text: "ends too early" },
  },
  check: { type: "check", property: "I01", holds: true, says: "clients in one epoch agree on its context" },
  end: {
    type: "end",
    reason: "empty",
    states: [{ actor: "ServerA", state: { rooms: ["clubhouse"], z: 1, a: null } }],
  },
};

/** A trace with one event of each type. */
export function exampleTrace(): Trace {
  const recorder = createRecorder(exampleHeader);
  Object.values(bodies).forEach((body, i) => {
    recorder.record(i * 10, body);
  });
  return recorder.trace();
}

const actor = fc.constantFrom("ServerA", "ServerB", "ClientA1");
const hexText = fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));
const name = fc.string({ minLength: 1, unit: "binary" });
const text = fc.string({ unit: "binary" });
const optionals = { requiredKeys: [] };
const jsonValue = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

type Part = Partial<Record<string, unknown>>;

/** Everything in a body but message ids: those depend on what was sent before. */
const bodyParts: fc.Arbitrary<{ type: EventType } & Part> = fc.oneof(
  fc.record({ type: fc.constant("phase" as const), title: name }),
  fc.record({ type: fc.constant("intention" as const), actor, text }),
  fc.record({ type: fc.constant("decision" as const), actor, text, draft: name }),
  fc
    .tuple(
      fc.record({
        type: fc.constant("send" as const),
        kind: fc.constantFrom("request", "response", "local"),
        from: actor,
        to: actor,
        label: text,
        size: fc.nat(),
        sha256: digest,
      }),
      fc.record(
        {
          operation: name,
          method: name,
          path: name,
          status: fc.integer({ min: 100, max: 599 }),
          summary: text,
          body: hexText,
        },
        optionals,
      ),
    )
    .map(([required, extra]) => ({ ...required, ...extra })),
  fc.record({ type: fc.constant("duplicate" as const), copyOf: fc.nat() }),
  fc.record({ type: fc.constant("deliver" as const), pick: fc.nat() }),
  fc.record({ type: fc.constant("drop" as const), pick: fc.nat(), reason: text }),
  fc.record({
    type: fc.constant("tamper" as const),
    pick: fc.nat(),
    what: text,
    size: fc.nat(),
    sha256: digest,
  }),
  fc.record({
    type: fc.constant("transition" as const),
    actor,
    machine: name,
    instance: text,
    event: name,
    from: text,
    to: text,
    effects: fc.array(name),
  }),
  fc.record({
    type: fc.constant("epoch" as const),
    actor,
    room: name,
    epoch: fc.maxSafeNat(),
    context: digest,
    authenticator: hexText,
  }),
  fc.record({ type: fc.constant("shown" as const), actor, room: name, messageId: hexText, text }),
  fc.record({ type: fc.constant("check" as const), property: name, holds: fc.boolean(), says: text }),
  fc.record({ type: fc.constant("noticed" as const), actor, error: fc.record({ type: name, text }) }),
);

/** Any well-formed trace of the example's actors. */
export const traces: fc.Arbitrary<Trace> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(1000), bodyParts), { maxLength: 30 }),
    fc.dictionary(text, jsonValue, { maxKeys: 4 }),
    fc.oneof(fc.maxSafeNat(), text),
    text,
  )
  .map(([parts, state, seed, title]) => {
    const recorder = createRecorder({ ...exampleHeader, seed, title });
    let at = 0;
    let lastId = 0;
    const underWay: number[] = [];
    for (const [pause, { pick, ...part }] of parts) {
      at += pause;
      const place = typeof pick === "number" && underWay.length > 0 ? pick % underWay.length : undefined;
      if (part.type === "send") underWay.push(++lastId);
      else if (part.type === "duplicate") {
        if (lastId === 0) continue;
        part["copyOf"] = ((part["copyOf"] as number) % lastId) + 1;
        underWay.push(++lastId);
      } else if (part.type === "deliver" || part.type === "drop" || part.type === "tamper") {
        if (place === undefined) continue;
        const id = underWay[place];
        if (part.type !== "tamper") underWay.splice(place, 1);
        recorder.record(at, { ...part, id } as TraceEventBody);
        continue;
      }
      const id = part.type === "send" || part.type === "duplicate" ? { id: lastId } : {};
      recorder.record(at, { ...part, ...id } as TraceEventBody);
    }
    recorder.record(at, { type: "end", reason: "empty", states: [{ actor: "ServerA", state }] });
    return recorder.trace();
  });
