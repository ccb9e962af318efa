/** Joining by one of our Welcomes, with the ratchet tree that the hub sends beside it. protocol-06 §5.5 */
import { type ClientConfig, emptyPskIndex, joinGroup, type ClientState as TsGroup } from "ts-mls";
import { defaultClientConfig } from "ts-mls/clientConfig.js";
import { decodeRatchetTree } from "ts-mls/ratchetTree.js";
import { hex } from "../../../spec-model/bytes.ts";
import type { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { encodeRatchetTree, fromRatchetTreeExtension, type Welcome } from "../../../spec-model/mls/index.ts";
import { attempt, isRefused, type Refused, RoomError, roomOfGroup } from "../../../spec-model/room/index.ts";
import { emit, type OwnPackage, type SeatTurn } from "./client-state.ts";
import { holderOfTsMls } from "./credentials.ts";
import { enterEpoch } from "./epochs.ts";
import { isUnreadable, readByTsMls, toTsMls } from "./octets.ts";
import { askTsMls } from "./refusals.ts";
import { tsMlsSuite } from "./suite.ts";

const where = "protocol-06 §5.5";

/** Becomes a member, or notices why it cannot. */
export async function join(
  turn: SeatTurn,
  room: string,
  fanned: FanoutMessage,
  welcome: Welcome,
): Promise<void> {
  const reference = welcome.secrets
    .map((secret) => hex(secret.newMember))
    .find((each) => turn.state.keyPackages[each] !== undefined);
  const own = reference === undefined ? undefined : turn.state.keyPackages[reference];
  const joined = own === undefined ? forOthers : await joinedGroup(turn, room, fanned, own);
  if (isRefused(joined)) {
    emit(turn, { type: "noticed", ...joined });
    return;
  }
  const { [reference ?? ""]: _, ...keyPackages } = turn.state.keyPackages;
  turn.state = { ...turn.state, keyPackages };
  enterEpoch(turn, room, joined);
}

async function joinedGroup(
  turn: SeatTurn,
  room: string,
  { message, ratchetTreeOption }: FanoutMessage,
  { publicPackage, privatePackage }: OwnPackage,
): Promise<TsGroup | Refused> {
  const read = toTsMls(message);
  if (isUnreadable(read)) return { errorType: "SeatError", ...read };
  if (read.wireformat !== "mls_welcome") return forOthers;
  const octets = attempt(() => {
    if (ratchetTreeOption?.representation === "full") {
      return encodeRatchetTree(fromRatchetTreeExtension(ratchetTreeOption.ratchetTree));
    }
    throw new RoomError("ratchetTreePresent", where, "the Welcome comes without the ratchet tree");
  });
  if (isRefused(octets)) return octets;
  const suite = tsMlsSuite(turn.state.suite, turn.random);
  return askTsMls("RFC 9420 §12.4.3.1", async () => {
    const tree = readByTsMls(decodeRatchetTree, octets);
    const { welcome } = read;
    const [given, priv] = [publicPackage, privatePackage];
    const group = await joinGroup(welcome, given, priv, emptyPskIndex, suite, tree, undefined, config);
    if (roomOfGroup(group.groupContext.groupId) === room) return group;
    throw new Error("the Welcome is to another room's group");
  });
}

const forOthers: Refused = {
  errorType: "SeatError",
  code: "welcomeForUs",
  where,
  text: "the Welcome is for others",
};

/** ts-mls's defaults, but: a credential has to name a client of a user, and nothing looks at the machine's clock. */
const config: ClientConfig = {
  ...defaultClientConfig,
  lifetimeConfig: { ...defaultClientConfig.lifetimeConfig, validateLifetimeOnReceive: false },
  authService: { validateCredential: async (credential) => holderOfTsMls(credential) !== undefined },
};
