/** Key material on its way: asked for by an own client, passed on by a hub, handed out by the target's provider. §5.2 */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, noBytes } from "../bytes.ts";
import { consentInForce } from "../consent/index.ts";
import type { Asker } from "../hub/index.ts";
import { hubRoomMachine } from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import {
  type ClaimRequested,
  type ClientMaterial,
  codeForStranger,
  KeyMaterialRequest,
  KeyMaterialRequestTBS,
  KeyMaterialResponse,
  named,
  stocked,
  stockMachine,
  verifyRequest,
} from "../key-material/index.ts";
import { KeyPackage, keyPackageRef, validateKeyPackage } from "../mls/index.ts";
import { attempt, isRefused, RoomError } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { answer, post } from "./messages.ts";
import type { Awaiting, ProviderTurn } from "./state.ts";
import { userOf } from "./users.ts";

/** Takes KeyPackages from an own client. RFC 9420 §10 */
export function store(turn: ProviderTurn, client: string, keyPackages: readonly Uint8Array[]): void {
  for (const bytes of keyPackages) {
    const taken = attempt(() => {
      const keyPackage = KeyPackage.decode(bytes);
      const app = { now: BigInt(Math.floor(turn.now / 1000)) };
      const suite = turn.mls.suite(keyPackage.cipherSuite);
      validateKeyPackage(suite, keyPackage, app);
      const offer = stocked(suite, keyPackage);
      if (offer.client === client) return offer;
      throw new RoomError("keyPackageOfClient", "protocol-06 §4.3.1", `the KeyPackage is not ${client}'s`);
    });
    if (isRefused(taken)) {
      emit(turn, { type: "noticed", ...taken });
      continue;
    }
    const user = userOf(turn, client);
    turn.state = { ...turn.state, accounts: withClient(turn.state.accounts, user, client) };
    const stock = turn.state.stocks[user] ?? first(stockMachine, { user, policy: turn.state.policy });
    const { snapshot } = advance(turn, stockMachine, stock, { type: "store", keyPackages: [taken] }, user);
    turn.state = {
      ...turn.state,
      stocks: { ...turn.state.stocks, [user]: snapshot },
      keyPackages: { ...turn.state.keyPackages, [taken.reference]: { client, bytes } },
    };
  }
}

/** Closes an own user's account. */
export function deleteAccount(turn: ProviderTurn, user: string): void {
  const { [user]: _, ...accounts } = turn.state.accounts;
  const stock = turn.state.stocks[user] ?? first(stockMachine, { user, policy: turn.state.policy });
  const { snapshot } = advance(turn, stockMachine, stock, { type: "delete" }, user);
  turn.state = { ...turn.state, accounts, stocks: { ...turn.state.stocks, [user]: snapshot } };
}

/** Takes a KeyMaterialRequest, from an own client or another provider, and sends it the way it has to go. */
export function receiveKeyMaterialRequest(turn: ProviderTurn, asker: Asker, body: Uint8Array): void {
  const request = attempt(() => KeyMaterialRequest.decode(body));
  if (isRefused(request)) {
    emit(turn, { type: "noticed", ...request });
    answer(turn, asker, 400, noBytes, "");
    return;
  }
  const { domain, hosted } = turn.state;
  const room = request.roomId.uri;
  const target = request.targetUser.uri;
  const targetDomain = domainOfUri(target);
  if (targetDomain === domain) handOut(turn, asker, request);
  else if (hosted[room] !== undefined) passOn(turn, asker, targetDomain, request, body);
  else if (asker.kind === "client") {
    const awaiting: Awaiting = { kind: "relayed", asker, operation: "keyMaterial", room, body };
    const content = { body, summary: "KeyMaterialRequest" };
    if (!post(turn, domainOfUri(room), "keyMaterial", target, content, awaiting))
      answer(turn, asker, 502, noBytes, "");
  } else answer(turn, asker, 404, noBytes, "");
}

/** The hub's part: it asks the target's provider, and remembers where KeyPackages came from. */
function passOn(
  turn: ProviderTurn,
  asker: Asker,
  provider: string,
  request: KeyMaterialRequest,
  body: Uint8Array,
): void {
  const awaiting: Awaiting = { kind: "keyMaterial", asker, provider, room: request.roomId.uri };
  const content = { body, summary: "KeyMaterialRequest" };
  if (post(turn, provider, "keyMaterial", request.targetUser.uri, content, awaiting)) return;
  answer(turn, asker, 502, noBytes, "");
}

/** The answer of the target's provider has reached the hub. */
export function receiveKeyMaterial(
  turn: ProviderTurn,
  awaiting: Extract<Awaiting, { kind: "keyMaterial" }>,
  body: Uint8Array,
): void {
  const response = attempt(() => KeyMaterialResponse.decode(body));
  if (isRefused(response)) {
    emit(turn, { type: "noticed", ...response });
    answer(turn, awaiting.asker, 502, noBytes, "");
    return;
  }
  remember(turn, awaiting.room, awaiting.provider, response);
  answer(turn, awaiting.asker, 200, body, `KeyMaterialResponse ${response.userStatus}`);
}

function remember(turn: ProviderTurn, room: string, provider: string, response: KeyMaterialResponse): void {
  const hosted = turn.state.hosted[room];
  const keyPackages = response.clients.flatMap((client) => {
    if (client.clientStatus !== "success" || client.keyPackage === undefined) return [];
    const suite = attempt(() => turn.mls.suite(client.keyPackage?.cipherSuite ?? 0));
    if (isRefused(suite)) return [];
    return [
      { reference: hex(keyPackageRef(suite, client.keyPackage)), notAfterMs: endOf(client.keyPackage) },
    ];
  });
  if (hosted === undefined || keyPackages.length === 0) return;
  emit(turn, {
    type: "decided",
    text: `remembers that these KeyPackages go to ${provider}`,
    draft: "protocol-06 §5.2",
  });
  const event = { type: "keyMaterialPassed" as const, provider, keyPackages, now: turn.now };
  const { snapshot } = advance(turn, hubRoomMachine, hosted.machine, event, room);
  turn.state = { ...turn.state, hosted: { ...turn.state.hosted, [room]: { ...hosted, machine: snapshot } } };
}

/** When a KeyPackage expires, in milliseconds since the UNIX epoch. RFC 9420 §7.2 */
function endOf({ leafNode }: KeyPackage): number {
  return leafNode.leafNodeSource === "key_package" ? Number(leafNode.lifetime.notAfter) * 1000 : 0;
}

/** The target's part: verify who asks, look for consent, hand out one KeyPackage for each client. */
function handOut(turn: ProviderTurn, asker: Asker, request: KeyMaterialRequest): void {
  const user = request.targetUser.uri;
  const room = request.roomId.uri;
  const verified = attempt(() => demandGenuine(turn, asker, request));
  if (isRefused(verified)) emit(turn, { type: "noticed", ...verified });
  const { policy } = turn.state;
  if (turn.state.accounts[user] === undefined && turn.state.stocks[user] === undefined) {
    if (isRefused(verified)) answer(turn, asker, 403, noBytes, "");
    else give(turn, asker, materialResponse(turn, user, codeForStranger(policy), []));
    return;
  }
  const stock = turn.state.stocks[user] ?? first(stockMachine, { user, policy });
  const refused = isRefused(verified) ? verified.code : undefined;
  const { snapshot, effects } = advance(turn, stockMachine, stock, claimOf(turn, request, refused), user);
  turn.state = { ...turn.state, stocks: { ...turn.state.stocks, [user]: snapshot } };
  const given = effects.find((effect) => effect.type === "answer");
  if (given === undefined) {
    answer(turn, asker, 403, noBytes, "");
    return;
  }
  const userStatus = given["userStatus"] as KeyMaterialResponse["userStatus"];
  const response = materialResponse(turn, user, userStatus, given["clients"] as readonly ClientMaterial[]);
  emit(turn, { type: "decided", text: verdict(request, userStatus), draft: "protocol-06 §5.2" });
  if (turn.state.hosted[room] !== undefined) remember(turn, room, turn.state.domain, response);
  give(turn, asker, response);
}

/** Throws RoomError unless the request came the way it has to come and its requester signed it. */
function demandGenuine(turn: ProviderTurn, asker: Asker, request: KeyMaterialRequest): void {
  const room = request.roomId.uri;
  // Without a room there is no hub: the requester's own provider asks.
  const sender = domainOfUri(room === "" ? request.requestingUser.uri : room);
  if (asker.domain !== sender) {
    const says = `${asker.domain} is not ${room === "" ? "the requester's provider" : `the hub of ${room}`}`;
    throw new RoomError("throughHub", "protocol-06 §5.2", says);
  }
  verifyRequest(turn.mls.suite(request.acceptableCiphersuites[0] ?? 0), request);
}

function claimOf(
  turn: ProviderTurn,
  request: KeyMaterialRequest,
  refused: string | undefined,
): ClaimRequested {
  const room = request.roomId.uri;
  const requester = request.requestingUser.uri;
  const scope = { requester, target: request.targetUser.uri, room: room === "" ? undefined : room };
  return {
    type: "claim",
    // A signature may differ from one time to the next: what is signed tells a repetition.
    request: hex(sha256(KeyMaterialRequestTBS.encode(request))),
    requester,
    room,
    protocol: request.protocol,
    acceptableCiphersuites: request.acceptableCiphersuites,
    requiredCapabilities: named(request.requiredCapabilities),
    now: Math.floor(turn.now / 1000),
    consent: consentInForce(turn.state.consents, scope, turn.state.policy.precedence),
    refused,
  };
}

function verdict({ requestingUser }: KeyMaterialRequest, userStatus: string): string {
  if (userStatus === "success" || userStatus === "partialSuccess") {
    return `verifies that ${requestingUser.uri} may fetch KeyPackages and marks those it gives as reserved`;
  }
  return `gives ${requestingUser.uri} no KeyPackages: ${userStatus}`;
}

function give(turn: ProviderTurn, asker: Asker, response: KeyMaterialResponse): void {
  answer(
    turn,
    asker,
    200,
    KeyMaterialResponse.encode(response),
    `KeyMaterialResponse ${response.userStatus}`,
  );
}

function materialResponse(
  turn: ProviderTurn,
  user: string,
  userStatus: KeyMaterialResponse["userStatus"],
  clients: readonly ClientMaterial[],
): KeyMaterialResponse {
  return {
    protocol: "mls10",
    userStatus,
    userUri: { uri: user },
    clients: clients.map(({ client, status, reference }) => {
      const clientUri = { uri: client };
      const bytes = turn.state.keyPackages[reference ?? ""]?.bytes;
      if (status === "success" && bytes !== undefined) {
        return { clientStatus: status, clientUri, keyPackage: KeyPackage.decode(bytes) };
      }
      if (status === "nothingCompatible")
        return { clientStatus: status, clientUri, clientCapabilities: undefined };
      return { clientStatus: "keyMaterialExhausted", clientUri };
    }),
  };
}

/** Whoever stores key material here is one of this provider's users. */
function withClient(
  accounts: ProviderTurn["state"]["accounts"],
  user: string,
  client: string,
): ProviderTurn["state"]["accounts"] {
  const account = accounts[user] ?? { user, clients: [], profile: [] };
  if (account.clients.includes(client)) return accounts;
  return { ...accounts, [user]: { ...account, clients: [...account.clients, client] } };
}
