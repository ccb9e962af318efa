/** The world: carries what actors send over the network, in virtual time, and writes down what happens. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Certificate, Input, Observation, Output } from "../../spec-model/actor.ts";
import { hex } from "../../spec-model/bytes.ts";
import {
  type Arrival,
  createKernel,
  createNetwork,
  type DeliveryPolicy,
  type Envelope,
  type LinkTable,
  linksFrom,
  type RunReport,
  type Ticket,
} from "../kernel/index.ts";
import type { RawStep } from "../properties/index.ts";
import { type RandomStream, rootRandom, type Seed } from "../random/index.ts";
import type { RunningActor } from "../running-actor.ts";
import type { TraceEventBody, TraceRecorder } from "../trace/index.ts";
import { type About, letterOf, withBody } from "./letters.ts";

export interface WorldOptions {
  readonly seed: Seed;
  readonly links: LinkTable;
  readonly policies: readonly DeliveryPolicy<About>[];
  /** What the clocks show when virtual time begins, in milliseconds since the UNIX epoch. */
  readonly startMs: number;
  /** Whether the trace keeps whole bodies. */
  readonly keepBodies: boolean;
  readonly actors: readonly RunningActor[];
  readonly recorder: TraceRecorder;
  /**
   * Told of every step after the trace has been, so that properties can be checked as the run goes; `seq` is the place in
   * the trace of the last event before it.
   */
  readonly watch: (step: RawStep, seq: number) => void;
  /** What an actor's clock shows at a moment of true time, both in milliseconds; that same moment where not given. */
  readonly clockOf?: (actor: string, trueMs: number) => number;
  /** Whether messages are described in the trace at all: a run of millions is not. */
  readonly describe?: boolean;
}

export interface SettleLimits {
  readonly maxSteps?: number;
  /** Settling ends after so many microseconds of virtual time, whatever is still under way. */
  readonly forAtMost?: number | undefined;
}

export interface World {
  /** Gives an actor an intention now; a promise where the actor takes its step asynchronously. */
  intend(actor: string, intention: unknown): Promise<void> | undefined;
  /** The same so many milliseconds later, with the sentence that tells it. */
  intendLater(actor: string, says: string, intention: unknown, afterMs: number): undefined;
  /**
   * Gives an actor an intention at a moment of virtual time, in microseconds, that nobody waits for: a fault. `settle`
   * ends where nothing but these is left to happen.
   */
  strike(actor: string, says: string, intention: unknown, at: number): void;
  /** From now on `settle` waits for what was struck, too, and for the moment `at`. */
  awaitAll(at: number): void;
  /** Lets everything happen that is under way. For worlds whose actors all take their steps at once. */
  settle(limits?: SettleLimits): RunReport;
  /** The same for any world: the next event happens when the actor has finished with this one. */
  settleAwaiting(limits?: SettleLimits): Promise<RunReport>;
  record(body: TraceEventBody): void;
  /** What the clocks show, in milliseconds since the UNIX epoch. */
  now(): number;
  /** Virtual time in microseconds. */
  virtualTime(): number;
}

/** A request that no answer comes to is given up after this; TCP and HTTP clients do much the same. */
const answerTimeout = 30_000_000;

/** As the kernel's own limit for a run: actors that send for ever do not hang it. */
const defaultMaxSteps = 1_000_000;

type Happening =
  | { readonly type: "arrival"; readonly arrival: Arrival<About> }
  | { readonly type: "timeout"; readonly actor: string; readonly exchange: string }
  | { readonly type: "wake"; readonly actor: string; readonly id: string }
  | {
      readonly type: "intention";
      readonly actor: string;
      readonly says: string;
      readonly intention: unknown;
      readonly isFault: boolean;
    }
  | { readonly type: "nothing" };

export function createWorld(options: WorldOptions): World {
  const { recorder, seed } = options;
  const root = rootRandom(seed);
  const actors = new Map(options.actors.map((actor) => [actor.id, actor]));
  const entropy = new Map<string, RandomStream>(
    options.actors.map((actor) => [actor.id, root.split(`actor/${actor.id}`)]),
  );
  // By exchange: who asked, the id of the request's envelope, and when it is given up.
  const exchanges = new Map<
    string,
    { readonly asker: string; readonly sendId: number; readonly timeout: Ticket }
  >();
  // By actor and name: the latest wake of each name.
  const wakes = new Map<string, Ticket>();
  // Faults still to come: a story does not wait for them.
  let unawaited = 0;
  const kernel = createKernel<Happening>({ handle });
  const network = createNetwork<Happening, About>({
    kernel,
    arrive: (arrival) => ({ type: "arrival", arrival }),
    random: root,
    link: linksFrom(options.links),
    policies: options.policies,
  });

  let lastSeq = 0;

  function record(body: TraceEventBody): void {
    lastSeq = recorder.record(kernel.now(), body).seq;
  }

  // The step that an actor is taking asynchronously; there is at most one.
  let underWay: Promise<void> | undefined;

  function give(actor: string, input: Input<unknown>, cause: number | undefined): void {
    const running = actors.get(actor);
    const stream = entropy.get(actor);
    if (running === undefined || stream === undefined) throw new Error(`nobody is called ${actor}`);
    const trueNow = clock();
    const now = options.clockOf?.(actor, trueNow) ?? trueNow;
    const before = running.state();
    const seq = lastSeq;
    const outputs = running.take(input as Input<never>, { now, entropy: stream.bytes(32) });
    const carryOutAll = (all: readonly Output[]) => {
      for (const output of all) carryOut(actor, output, cause);
      const after = running.state();
      options.watch({ actor, input, before, after, outputs: all, now: trueNow, clock: now }, seq);
    };
    if (outputs instanceof Promise) underWay = outputs.then(carryOutAll);
    else carryOutAll(outputs);
  }

  function isSettled(): boolean {
    return kernel.pending() <= Math.max(0, unawaited);
  }

  function clock(): number {
    return options.startMs + Math.floor(kernel.now() / 1000);
  }

  function takeUnderWay(): Promise<void> | undefined {
    const taken = underWay;
    underWay = undefined;
    return taken;
  }

  function carryOut(actor: string, output: Output, cause: number | undefined): void {
    switch (output.type) {
      case "request":
      case "response":
      case "local":
        post(actor, output);
        break;
      case "wake": {
        const ticket = kernel.after(output.afterMs * 1000, { type: "wake", actor, id: output.id });
        wakes.set(`${actor} ${output.id}`, ticket);
        break;
      }
      case "cancelWake": {
        const ticket = wakes.get(`${actor} ${output.id}`);
        if (ticket !== undefined) kernel.cancel(ticket);
        break;
      }
      default:
        observe(actor, output, cause);
    }
  }

  function observe(actor: string, observation: Observation, cause: number | undefined): void {
    if (observation.type !== "departed") record(eventOf(actor, observation, cause));
  }

  function post(actor: string, output: Extract<Output, { type: "request" | "response" | "local" }>): void {
    const { about, bytes } = letterOf(output);
    const exchange = output.type === "response" ? exchanges.get(output.id) : undefined;
    const to = output.type === "response" ? (exchange?.asker ?? "") : output.to;
    const { id, flights } = network.send({ from: actor, to, bytes, about });
    if (output.type === "request") {
      const timeout = kernel.after(answerTimeout, { type: "timeout", actor, exchange: output.id });
      exchanges.set(output.id, { asker: actor, sendId: id, timeout });
    }
    if (options.describe === false) return;
    record({
      type: "send",
      id,
      kind: output.type,
      from: actor,
      to,
      ...descriptionOf(output, exchange?.sendId),
      ...contents(bytes),
    });
    for (const { envelope, tampered, dropped } of flights) {
      if (envelope.copyOf !== undefined)
        record({ type: "duplicate", id: envelope.id, copyOf: envelope.copyOf });
      for (const what of tampered)
        record({ type: "tamper", id: envelope.id, what, ...contents(envelope.bytes) });
      if (dropped !== undefined) record({ type: "drop", id: envelope.id, reason: dropped });
    }
  }

  function contents(bytes: Uint8Array) {
    const size = bytes.length;
    return { size, sha256: hex(sha256(bytes)), ...(options.keepBodies ? { body: hex(bytes) } : {}) };
  }

  function handle(happening: Happening): void {
    switch (happening.type) {
      case "nothing":
        break;
      case "intention":
        if (happening.isFault) unawaited--;
        record({ type: "intention", actor: happening.actor, text: happening.says });
        give(happening.actor, { type: "intention", intention: happening.intention }, undefined);
        break;
      case "wake":
        give(happening.actor, { type: "wake", id: happening.id }, undefined);
        break;
      case "timeout":
        give(happening.actor, { type: "noResponse", id: happening.exchange }, undefined);
        break;
      case "arrival":
        record({ type: "deliver", id: happening.arrival.envelope.id });
        receive(happening.arrival.envelope);
    }
  }

  function receive({ about, bytes, from, to, id }: Envelope<About>): void {
    if (about.kind === "local") {
      give(to, { type: "local", from, message: withBody(about.message, bytes) }, id);
    } else if (about.kind === "request") {
      const request = { ...about.head, body: bytes };
      give(to, { type: "request", id: about.exchange, from, certificate: certificateOf(from), request }, id);
    } else {
      const exchange = exchanges.get(about.exchange);
      // An answer that comes after its request was given up, or a second one, finds nobody waiting.
      if (exchange === undefined || !kernel.cancel(exchange.timeout)) return;
      const response = { ...about.head, body: bytes };
      give(to, { type: "response", id: about.exchange, certificate: certificateOf(from), response }, id);
    }
  }

  /** What TLS shows of an actor: a server's domain, unless it shows something else, and nothing of a client. */
  function certificateOf(actor: string): Certificate {
    return actors.get(actor)?.certificate ?? (actor.startsWith("mimi:") ? [] : [actor]);
  }

  return {
    intend(actor, intention) {
      give(actor, { type: "intention", intention }, undefined);
      return takeUnderWay();
    },
    intendLater(actor, says, intention, afterMs) {
      kernel.after(afterMs * 1000, { type: "intention", actor, says, intention, isFault: false });
    },
    strike(actor, says, intention, at) {
      unawaited++;
      kernel.at(at, { type: "intention", actor, says, intention, isFault: true });
    },
    awaitAll(at) {
      unawaited = Number.NEGATIVE_INFINITY;
      if (at > kernel.now()) kernel.at(at, { type: "nothing" });
    },
    settle({ maxSteps = defaultMaxSteps, forAtMost } = {}) {
      const untilTime = forAtMost === undefined ? {} : { untilTime: kernel.now() + forAtMost };
      const report = kernel.run({ maxSteps, until: isSettled, ...untilTime });
      return report.stopped === "until" ? { ...report, stopped: "empty" } : report;
    },
    async settleAwaiting({ maxSteps = defaultMaxSteps, forAtMost } = {}) {
      const untilTime = forAtMost === undefined ? {} : { untilTime: kernel.now() + forAtMost };
      let steps = 0;
      let report = kernel.run({ maxSteps: 0 });
      while (steps < maxSteps && !isSettled()) {
        report = kernel.run({ maxSteps: 1, until: isSettled, ...untilTime });
        if (report.steps === 0) break;
        steps++;
        await takeUnderWay();
      }
      return { ...report, steps, stopped: isSettled() ? "empty" : steps < maxSteps ? "time" : "steps" };
    },
    record,
    now: clock,
    virtualTime: kernel.now,
  };
}

/** What the trace says of a message beside its octets. */
function descriptionOf(
  output: Extract<Output, { type: "request" | "response" | "local" }>,
  inReplyTo?: number,
) {
  switch (output.type) {
    case "request":
      return {
        label: `/${output.operation}`,
        operation: output.operation,
        method: output.request.method,
        path: output.request.path,
        summary: output.summary,
      };
    case "response":
      return {
        label: `${output.response.status} ${statusText(output.response.status)}`,
        status: output.response.status,
        summary: output.summary,
        ...(inReplyTo === undefined ? {} : { inReplyTo }),
      };
    case "local":
      return { label: output.label };
  }
}

function statusText(status: number): string {
  return statusTexts[status] ?? "";
}

const statusTexts: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

function eventOf(
  actor: string,
  observation: Exclude<Observation, { type: "departed" }>,
  cause: number | undefined,
): TraceEventBody {
  switch (observation.type) {
    case "decided": {
      const { text, draft } = observation;
      return { type: "decision", actor, text, ...(draft === undefined ? {} : { draft }) };
    }
    case "noticed": {
      const { errorType, code, where, text } = observation;
      const error = { type: errorType, code, where, text };
      return { type: "noticed", actor, ...(cause === undefined ? {} : { of: cause }), error };
    }
    case "moved": {
      const { machine, instance, event, from, to, effects } = observation;
      return { type: "transition", actor, machine, instance, event, from, to, effects };
    }
    case "entered": {
      const { room, epoch, groupContext, authenticator } = observation;
      return { type: "epoch", actor, room, epoch, context: groupContext, authenticator: authenticator ?? "" };
    }
    case "shown": {
      const { room, messageId, sender, text } = observation;
      return { type: "shown", actor, room, messageId, sender, text };
    }
  }
}
