/**
 * A company that assigns telephone numbers or e-mail addresses (the drafts' CSIP): it says who has which, and has
 * mappings removed when an identifier goes to somebody else. user-discovery requirements R1, R10
 */
import type { ActorStep, Input, LocalMessage, Moment } from "../../actor.ts";
import { noBytes } from "../../bytes.ts";
import {
  type CipherSuite,
  type CipherSuiteId,
  type KeyPair,
  type MlsLayer,
  realMls,
} from "../../mls/index.ts";
import type { RandomSource } from "../../random.ts";
import { attempt, holderOfUri, isRefused } from "../../room/index.ts";
import { emit, type Turn, takeTurn } from "../../turn.ts";
import { discoveryPaths } from "./paths.ts";
import { proveControl, removeUnassigned } from "./signed.ts";
import { ControlProof, ControlRequest, Removal } from "./structures.ts";

export interface IdentifierProviderState {
  readonly domain: string;
  readonly suite: CipherSuiteId;
  readonly keys: KeyPair;
  readonly discoveryProvider: string;
  /** Who has an identifier, and since when (milliseconds since the UNIX epoch). */
  readonly assigned: Readonly<Record<string, { readonly user: string; readonly since: number }>>;
  readonly requestsSent: number;
}

/** Gives an identifier to a user; `undefined`: to nobody for now. */
export interface IdentifierProviderIntention {
  readonly type: "assign";
  readonly identifier: string;
  readonly user: string | undefined;
}

type IssuerTurn = Turn<IdentifierProviderState>;

export function newIdentifierProvider(
  domain: string,
  suite: CipherSuite,
  random: RandomSource,
  settings: Pick<IdentifierProviderState, "discoveryProvider" | "assigned">,
): IdentifierProviderState {
  const keys = suite.signature.generateKeyPair(random);
  return { domain, suite: suite.id, keys, requestsSent: 0, ...settings };
}

/** What it does with `input` at `moment`. Pure; never throws for what it is sent. */
export function stepIdentifierProvider(
  state: IdentifierProviderState,
  input: Input<IdentifierProviderIntention>,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<IdentifierProviderState> {
  return takeTurn(state, moment, mls, (turn) => {
    if (input.type === "intention") assign(turn, input.intention);
    else if (input.type === "local") fromSubscriber(turn, input.from, input.message);
  });
}

/** The identifier is somebody else's from now on: what its former holder authorised does not hold any more. R10 */
function assign(turn: IssuerTurn, { identifier, user }: IdentifierProviderIntention): void {
  const { [identifier]: before, ...others } = turn.state.assigned;
  const now = { user: user ?? "", since: turn.now };
  turn.state = { ...turn.state, assigned: user === undefined ? others : { ...others, [identifier]: now } };
  if (before === undefined) return;
  const { domain, keys, discoveryProvider, requestsSent, suite } = turn.state;
  const order = { identifier, until: BigInt(turn.now) };
  const body = Removal.encode(removeUnassigned(turn.mls.suite(suite), { domain, keys }, order));
  const id = `${domain} ${requestsSent + 1}`;
  turn.state = { ...turn.state, requestsSent: requestsSent + 1 };
  const head = { method: "POST" as const, host: discoveryProvider, from: `mimi@${domain}` };
  const request = { ...head, path: discoveryPaths.removeMapping, body };
  const operation = "removals";
  emit(turn, { type: "request", id, to: discoveryProvider, operation, summary: "Removal", request });
}

/** A subscriber, whom the company knows, wants it in writing that the identifier is theirs. */
function fromSubscriber(turn: IssuerTurn, client: string, message: LocalMessage): void {
  if (message.type !== "askServer" || message.operation !== "proveControl") return;
  const request = attempt(() => ControlRequest.decode(message.body));
  if (isRefused(request)) emit(turn, { type: "noticed", ...request });
  const proof = isRefused(request) ? undefined : proofFor(turn, client, request);
  const body = proof === undefined ? noBytes : ControlProof.encode(proof);
  const status = proof === undefined ? 403 : 200;
  const answer = { type: "answer" as const, id: message.id, status, body };
  emit(turn, { type: "local", to: client, message: answer, label: proof === undefined ? "403" : "proof" });
}

function proofFor(
  turn: IssuerTurn,
  client: string,
  { identifier, holderKey }: { readonly identifier: string; readonly holderKey: Uint8Array },
): ControlProof | undefined {
  const { assigned, domain, keys, suite } = turn.state;
  const holder = assigned[identifier];
  if (holder === undefined || holder.user !== holderOfUri(client)?.user) return undefined;
  const claim = { identifier, holderKey, assigned: BigInt(holder.since) };
  emit(turn, {
    type: "decided",
    text: `confirms that ${identifier} is ${holder.user}'s`,
    draft: "user-discovery R1",
  });
  return proveControl(turn.mls.suite(suite), { domain, keys }, claim);
}
