/** Writes small traces by hand, for the diagrams' tests: one call an event, times and ids chosen where left open. */
import {
  type Actor,
  createRecorder,
  type Trace,
  type TraceEventBody,
} from "../../../simulator/trace/index.ts";

const users: Readonly<Record<string, string>> = { A: "alice", B: "bob", C: "cathy" };

/** "ClientB1" is Bob's at b.example; "ServerB" is b.example. */
export function actorNamed(id: string): Actor {
  const [, kind, letter = "a"] = /^(Client|Server)([A-Z])/.exec(id) ?? [];
  const domain = `${letter.toLowerCase()}.example`;
  if (kind === "Server") return { id, kind: "provider", domain, label: id };
  return { id, kind: "client", domain, user: `mimi://${domain}/u/${users[letter] ?? letter}`, label: id };
}

interface Options {
  readonly says?: string;
  readonly path?: string;
  /** What the octets are; those of equal content are the same. */
  readonly content?: string;
}

/** Tells a story event by event. A sending gives the message's id, for what becomes of it. */
export function createStory(...actors: readonly string[]) {
  const recorder = createRecorder({
    trace: "mimi-trace/1",
    scenario: "story",
    title: "A story",
    seed: 1,
    version: "0.1.0",
    drafts: ["protocol-06"],
    variants: {},
    options: {},
    actors: actors.map(actorNamed),
  });
  let at = 0;
  let lastId = 0;
  const record = (body: TraceEventBody) => recorder.record(at, body);
  const story = {
    /** Lets time pass. */
    wait(microseconds = 1000) {
      at += microseconds;
    },
    phase: (title: string, draft?: string) => record({ type: "phase", title, ...(draft ? { draft } : {}) }),
    decides: (actor: string, text: string) => record({ type: "decision", actor, text }),
    wants: (actor: string, text: string) => record({ type: "intention", actor, text }),
    record,
    /** Sends now; it is under way. Responses have labels that begin with a status. */
    send(from: string, to: string, label: string, { says, path, content = label }: Options = {}): number {
      const local = from.startsWith("Client") || to.startsWith("Client");
      const kind = local ? "local" : /^\d/.test(label) ? "response" : "request";
      const id = ++lastId;
      const sha256 = Buffer.from(content.padEnd(32).slice(0, 32)).toString("hex");
      const request = kind === "request" ? { method: "POST", path: path ?? (label || "/") } : {};
      const summary = says === undefined ? {} : { summary: says };
      record({ type: "send", id, kind, from, to, label, ...request, ...summary, size: 32, sha256 });
      return id;
    },
    deliver: (...ids: readonly number[]) => {
      for (const id of ids) {
        at += 10;
        record({ type: "deliver", id });
      }
    },
    /** Sends, and delivers a little later. */
    carry(from: string, to: string, label: string, options: Options = {}) {
      at += 10;
      const id = story.send(from, to, label, options);
      story.deliver(id);
    },
    drop: (id: number, reason: string) => record({ type: "drop", id, reason }),
    duplicate(copyOf: number): number {
      record({ type: "duplicate", id: ++lastId, copyOf });
      return lastId;
    },
    tamper: (id: number, what: string) =>
      record({ type: "tamper", id, what, size: 32, sha256: "ee".repeat(32) }),
    end(): Trace {
      record({ type: "end", reason: "empty", states: [] });
      return recorder.trace();
    },
  };
  return story;
}
