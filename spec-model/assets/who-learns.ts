/** Who learns what of a download: read off the octets that reached each party, and what its keys open. protocol-06 §5.10 */
import { compareBytes, utf8 } from "../bytes.ts";

/** A message as it went over a connection: between TLS endpoints, so both ends see all of it. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  /** The path of a request; empty for everything else. */
  readonly path: string;
  readonly body: Uint8Array;
}

/** What there is to be learned. */
export interface Secrets {
  /** The client that downloads: whoever it connects to learns its address. */
  readonly client: string;
  /** The client's provider. */
  readonly provider: string;
  readonly room: string;
  readonly url: string;
  /** What the URL gives, and what that is the ciphertext of. */
  readonly ciphertext: Uint8Array;
  readonly content: Uint8Array;
}

export type Learned = "client" | "provider" | "room" | "url" | "host" | "ciphertext" | "content";

/** For every party of the passages, what it learns. `opens` gives what a party's own keys open in a body. */
export function whoLearns(
  passages: readonly Passage[],
  secrets: Secrets,
  opens: (party: string, body: Uint8Array) => Uint8Array | undefined = () => undefined,
): Readonly<Record<string, readonly Learned[]>> {
  const parties = [...new Set(passages.flatMap(({ from, to }) => [from, to]))];
  const others = parties.filter((party) => party !== secrets.client);
  return Object.fromEntries(others.map((party) => [party, learnedBy(party, passages, secrets, opens)]));
}

function learnedBy(
  party: string,
  passages: readonly Passage[],
  secrets: Secrets,
  opens: (party: string, body: Uint8Array) => Uint8Array | undefined,
): readonly Learned[] {
  const own = passages.filter(({ from, to }) => from === party || to === party);
  const peers = own.map(({ from, to }) => (from === party ? to : from));
  const seen = own.flatMap(({ path, body }) => {
    const opened = opens(party, body);
    return [utf8(path), utf8(decoded(path)), body, ...(opened === undefined ? [] : [opened])];
  });
  const sees = (wanted: Uint8Array) => wanted.length > 0 && seen.some((octets) => holds(octets, wanted));
  const host = /^https:\/\/([^/]*)/.exec(secrets.url)?.[1] ?? "";
  const path = secrets.url.slice(`https://${host}`.length);
  const seesHost = party === host || peers.includes(host) || sees(utf8(host));
  const found: readonly (readonly [Learned, boolean])[] = [
    ["client", peers.includes(secrets.client) || sees(utf8(secrets.client))],
    ["provider", party === secrets.provider || peers.includes(secrets.provider)],
    ["room", sees(utf8(secrets.room))],
    // A server is asked for a path: its own host goes without saying. So does a binary request's.
    ["url", sees(utf8(secrets.url)) || (seesHost && sees(utf8(path)))],
    ["host", seesHost],
    ["ciphertext", sees(secrets.ciphertext)],
    ["content", sees(secrets.content)],
  ];
  return found.flatMap(([what, isSo]) => (isSo ? [what] : []));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

function holds(octets: Uint8Array, wanted: Uint8Array): boolean {
  for (let at = 0; at + wanted.length <= octets.length; at++) {
    if (octets[at] !== wanted[0]) continue;
    if (compareBytes(octets.subarray(at, at + wanted.length), wanted) === 0) return true;
  }
  return false;
}
