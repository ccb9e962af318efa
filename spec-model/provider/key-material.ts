/** Key material on its way: asked for by an own client, passed on by a hub, handed out by the target's provider. §5.2 */
import { hex, noBytes } from "../bytes.ts";
import type { Asker } from "../hub/index.ts";
import { hubRoomMachine } from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import {
  type ClientMaterial,
  KeyMaterialRequest,
  KeyMaterialResponse,
  named,
  stocked,
  stockMachine,
  verifyRequest,
} from "../key-material/index.ts";
import { KeyPackage, keyPackageRef, validateKeyPackage } from "../mls/index.ts";
import { attempt, holderOfUri, isRefused, RoomError } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { answer, post } from "./messages.ts";
import type { Awaiting, ProviderTurn } from "./state.ts";

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
    const user = userOfClient(client);
    const stock = turn.state.stocks[user] ?? first(stockMachine, { user });
    const { snapshot } = advance(turn, stockMachine, stock, { type: "store", keyPackages: [taken] }, user);
    turn.state = {
      ...turn.state,
      stocks: { ...turn.state.stocks, [user]: snapshot },
      keyPackages: { ...turn.state.keyPackages, [taken.reference]: { client, bytes } },
    };
  }
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
    return isRefused(suite) ? [] : [hex(keyPackageRef(suite, client.keyPackage))];
  });
  if (hosted === undefined || keyPackages.length === 0) return;
  emit(turn, {
    type: "decided",
    text: `remembers that these KeyPackages go to ${provider}`,
    draft: "protocol-06 §5.2",
  });
  const event = { type: "keyMaterialPassed" as const, provider, keyPackages };
  const { snapshot } = advance(turn, hubRoomMachine, hosted.machine, event, room);
  turn.state = { ...turn.state, hosted: { ...turn.state.hosted, [room]: { ...hosted, machine: snapshot } } };
}

/** The target's part: verify who asks, hand out one KeyPackage for each client. */
function handOut(turn: ProviderTurn, asker: Asker, request: KeyMaterialRequest): void {
  const user = request.targetUser.uri;
  const room = request.roomId.uri;
  const verified = attempt(() => {
    if (asker.domain !== domainOfUri(room)) {
      throw new RoomError("throughHub", "protocol-06 §5.2", `${asker.domain} is not the hub of ${room}`);
    }
    verifyRequest(turn.mls.suite(request.acceptableCiphersuites[0] ?? 0), request);
  });
  if (isRefused(verified)) emit(turn, { type: "noticed", ...verified });
  const stock = turn.state.stocks[user];
  if (stock === undefined) {
    const unknown = isRefused(verified) ? undefined : materialResponse(turn, user, "userUnknown", []);
    if (unknown === undefined) answer(turn, asker, 403, noBytes, "");
    else answer(turn, asker, 200, KeyMaterialResponse.encode(unknown), "KeyMaterialResponse userUnknown");
    return;
  }
  const { snapshot, effects } = advance(
    turn,
    stockMachine,
    stock,
    {
      type: "claim",
      request: "keyMaterial",
      requester: request.requestingUser.uri,
      room,
      acceptableCiphersuites: request.acceptableCiphersuites,
      requiredCapabilities: named(request.requiredCapabilities),
      now: Math.floor(turn.now / 1000),
      // The example flow leaves consent out (protocol-06 §3.2): everybody may ask.
      consent: "granted",
      refused: isRefused(verified) ? verified.code : undefined,
    },
    user,
  );
  turn.state = { ...turn.state, stocks: { ...turn.state.stocks, [user]: snapshot } };
  const given = effects.find((effect) => effect.type === "answer");
  if (given === undefined) {
    answer(turn, asker, 403, noBytes, "");
    return;
  }
  const userStatus = given["userStatus"] as KeyMaterialResponse["userStatus"];
  const response = materialResponse(turn, user, userStatus, given["clients"] as readonly ClientMaterial[]);
  const text = `verifies that ${request.requestingUser.uri} may fetch KeyPackages and marks those it gives as reserved`;
  emit(turn, { type: "decided", text, draft: "protocol-06 §5.2" });
  if (turn.state.hosted[room] !== undefined) remember(turn, room, turn.state.domain, response);
  answer(turn, asker, 200, KeyMaterialResponse.encode(response), `KeyMaterialResponse ${userStatus}`);
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

function userOfClient(client: string): string {
  return holderOfUri(client)?.user ?? "";
}
