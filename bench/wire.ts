/** How fast MLS messages are decoded, against ts-mls on the same octets in the same run. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decodeMlsMessage } from "ts-mls";
import { fromHex } from "../spec-model/bytes.ts";
import { KeyPackage, MLSMessage, PublicMessage } from "../spec-model/mls/structures/index.ts";
import { type Codec, instance } from "../spec-model/wire/index.ts";
import type { Comparison } from "./kernel.ts";

export interface WireComparison extends Omit<Comparison, "unit"> {
  readonly unit: "messages/s";
}

const rounds = 9;
const messagesPerRound = 3000;

/**
 * Decoding MLSMessages to typed values. Ours refuses everything but the one encoding of a value, trailing octets
 * included; ts-mls reads one message from the front of the octets.
 */
export function benchWire(): WireComparison[] {
  const { origin, keyPackages, publicMessages } = published() ?? generated();
  return [
    compare(`decode a KeyPackage (${origin})`, keyPackages),
    compare(`decode a PublicMessage (${origin})`, publicMessages),
  ];
}

interface Samples {
  readonly origin: string;
  readonly keyPackages: readonly Uint8Array[];
  readonly publicMessages: readonly Uint8Array[];
}

function compare(what: string, messages: readonly Uint8Array[]): WireComparison {
  const theirDecode = (octets: Uint8Array) => decodeMlsMessage(octets, 0);
  if (messages.some((octets) => theirDecode(octets) === undefined)) {
    throw new Error(`${what}: ts-mls does not decode all of the messages`);
  }
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    ours.push(millisecondsOf(messages, MLSMessage.decode));
    theirs.push(millisecondsOf(messages, theirDecode));
  }
  const [a, b] = [messagesPerSecond(ours), messagesPerSecond(theirs)];
  return { what, unit: "messages/s", ours: a, peer: "ts-mls 1.6.4", theirs: b, ratio: a / b };
}

function millisecondsOf(messages: readonly Uint8Array[], act: (octets: Uint8Array) => unknown): number {
  const start = performance.now();
  for (let done = 0; done < messagesPerRound; done++) act(messages[done % messages.length] as Uint8Array);
  return performance.now() - start;
}

/** From the median; the first round warms up. */
function messagesPerSecond(times: readonly number[]): number {
  const measured = times.slice(1).toSorted((a, b) => a - b);
  return Math.round((messagesPerRound / (measured[measured.length >> 1] ?? Number.NaN)) * 1000);
}

/** The MLS working group's messages, where they lie beside the repository. */
function published(): Samples | undefined {
  const shared = process.env["MIMI_SHARED"] ?? fileURLToPath(new URL("../../shared", import.meta.url));
  const path = `${shared}/mls-vectors/messages.json`;
  if (!existsSync(path)) return undefined;
  const vectors = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>[];
  const named = (...names: readonly string[]) =>
    vectors.flatMap((vector) => names.map((name) => fromHex(vector[name] ?? "") ?? new Uint8Array(0)));
  return {
    origin: "the working group's vectors",
    keyPackages: named("mls_key_package"),
    publicMessages: named("public_message_application", "public_message_proposal", "public_message_commit"),
  };
}

/** Random messages; of those only what ts-mls takes, too. */
function generated(): Samples {
  let state = 1;
  const choices = {
    below(limit: number): number {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % limit;
    },
  };
  const some = (wrap: () => MLSMessage) =>
    Array.from({ length: 400 }, () => MLSMessage.encode(wrap())).filter(
      (octets) => octets.length < 5000 && decodes(octets),
    );
  const random = <T>(codec: Codec<T>) => instance(codec, choices);
  return {
    origin: "random ones",
    keyPackages: some(() => ({
      version: "mls10",
      wireFormat: "mls_key_package",
      keyPackage: random(KeyPackage),
    })),
    publicMessages: some(() => ({
      version: "mls10",
      wireFormat: "mls_public_message",
      publicMessage: random(PublicMessage),
    })),
  };
}

function decodes(octets: Uint8Array): boolean {
  try {
    return decodeMlsMessage(octets, 0) !== undefined;
  } catch {
    return false;
  }
}
