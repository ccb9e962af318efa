/** A client's side of franking: the tag it attaches, the agent it expects, its own messages' franks. protocol-06 §5.4.1 */
import {
  boundBy,
  defaultFrankingVariants,
  type Evidence,
  type Frank,
  FrankAAD,
  FrankingAgentData,
  type FrankingVariants,
  frankingTag,
  verifyFrank,
} from "../franking/index.ts";
import { dictionaryOf, type GroupContext, type Member, safeAadItems } from "../mls/index.ts";
import { providerOf, RoomError } from "../room/index.ts";
import { componentIds } from "../room/structures/index.ts";
import type { ClientState, ClientTurn, SentMessage } from "./client-state.ts";

export function frankingVariantsOf({ franking }: Pick<ClientState, "franking">): FrankingVariants {
  return { ...defaultFrankingVariants, ...franking };
}

/** The key that franks of the group are signed with, and the domain that its credential names. Throws DecodeError. */
export function frankingAgentIn({
  extensions,
}: Pick<GroupContext, "extensions">): { signatureKey: Uint8Array; domain: string | undefined } | undefined {
  const data = dictionaryOf(extensions).get(componentIds.franking_signature_key);
  if (data === undefined) return undefined;
  const { frankingSignatureKey: signatureKey, credential } = FrankingAgentData.decode(data);
  return { signatureKey, domain: providerOf(credential) };
}

/** The sender's tag, where a message's authenticated data has one. Throws MlsError and DecodeError. */
export function tagIn(authenticatedData: Uint8Array): Uint8Array | undefined {
  const items = safeAadItems(authenticatedData);
  const item = items.find(({ componentId }) => componentId === componentIds.frank_aad);
  return item === undefined ? undefined : FrankAAD.decode(item.aadItemData).frankingTag;
}

/** An own message with the hub's answer to it. */
interface Answered {
  readonly room: string;
  readonly member: Member;
  readonly said: SentMessage;
  readonly acceptedTimestamp: bigint;
  readonly frank: Frank | undefined;
}

/** The evidence of an own message; undefined where the group has no agent. Throws RoomError for a frank that does not hold. */
export function ownEvidence(
  turn: ClientTurn,
  { room, member, said, acceptedTimestamp, frank }: Answered,
): Evidence | undefined {
  const agent = frankingAgentIn(member.groupContext);
  if (agent === undefined) return undefined;
  if (frank === undefined) throw new RoomError("frankPresent", "protocol-06 §5.4.1", "the hub gave no frank");
  const { encoded: applicationData, content } = said;
  const context = { senderUri: { uri: turn.state.user }, roomUri: { uri: room }, acceptedTimestamp };
  const { integrity } = frankingVariantsOf(turn.state);
  const bound = boundBy(integrity, frankingTag(content.salt, applicationData), content.salt);
  const suite = turn.mls.suite(member.groupContext.cipherSuite);
  if (verifyFrank(suite, agent.signatureKey, frank, context, bound))
    return { applicationData, frank, context };
  throw new RoomError(
    "frankSignature",
    "protocol-06 §5.4.1.2",
    "the hub's signature on the frank does not fit",
  );
}
