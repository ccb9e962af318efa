/** When the hub franks: the group names it as its franking agent and the sender attached a tag. protocol-06 §5.4.1.2 */
import { equalBytes } from "../bytes.ts";
import { type Frank, FrankAAD, FrankingAgentData, frank } from "../franking/index.ts";
import { dictionaryOf, type KeyPair, type PrivateMessage, safeAadItems } from "../mls/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import type { Turn } from "../turn.ts";
import type { HostedRoom, HubKeys } from "./hosted-room.ts";

/** The frank of a message, or undefined where there is no tag or another agent. */
export function frankMessage(
  turn: Turn<unknown>,
  keys: HubKeys,
  hosted: HostedRoom,
  message: { readonly privateMessage: PrivateMessage; readonly sender: string },
): Frank | undefined {
  const { groupContext } = hosted.group;
  const found = attempt(() => {
    const agent = dictionaryOf(groupContext.extensions).get(componentIds.franking_signature_key);
    if (agent === undefined) return undefined;
    const items = safeAadItems(message.privateMessage.authenticatedData);
    const tag = items.find((item) => item.componentId === componentIds.frank_aad);
    if (tag === undefined) return undefined;
    return { agent: FrankingAgentData.decode(agent), tag: FrankAAD.decode(tag.aadItemData).frankingTag };
  });
  if (found === undefined || isRefused(found)) return undefined;
  const { frankingSignatureKey } = found.agent;
  const pair = frankingKeys(keys).find(({ publicKey }) => equalBytes(publicKey, frankingSignatureKey));
  if (pair === undefined) return undefined;
  const suite = turn.mls.suite(groupContext.cipherSuite);
  const { privateKey: signaturePrivateKey } = pair;
  const context = {
    senderUri: { uri: message.sender },
    roomUri: { uri: hosted.room },
    acceptedTimestamp: BigInt(turn.now),
  };
  const { tag } = found;
  const bound = keys.signsTag === true ? { integrity: "tag" as const, tag } : undefined;
  return frank({ suite, signaturePrivateKey, hubKey: keys.hubKey }, tag, context, bound);
}

/** All that the hub signs franks with, or has: each room has the one that its group names. protocol-06 §5.4.1 */
export function frankingKeys({ franking, pastFranking = [] }: HubKeys): readonly KeyPair[] {
  return [franking, ...pastFranking];
}
