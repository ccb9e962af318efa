/** What AppDataUpdate proposals do to a room's components. mls-extensions §4.7, protocol-06 §7.5 and §7.6 */

import { FrankingAgentUpdate } from "../../franking/index.ts";
import type { ComponentLogic } from "../../mls/index.ts";
import { DecodeError } from "../../wire/index.ts";
import {
  applyListUpdates,
  decodeParticipants,
  encodeParticipants,
  type IndexReading,
} from "../participant-list.ts";
import { componentIds, components, ParticipantListUpdate } from "../structures/index.ts";
import { decideContents } from "./contents.ts";
import { updatedLinks } from "./join-links.ts";
import { policyPart } from "./read-policy.ts";

/** The components that a MIMI room knows, for the MLS layer. */
export const roomComponentLogic: ReadonlyMap<number, ComponentLogic> = new Map<number, ComponentLogic>([
  ...components.flatMap(({ id, name, where }): readonly [number, ComponentLogic][] =>
    where === "GroupContext" ? [[id, replacedOnce(id, name)]] : [],
  ),
  [componentIds.participant_list, participantList("epoch")],
  [componentIds.join_links, joinLinks],
  [componentIds.franking_signature_key, introducedOnce],
]);

/** The same where indices are read otherwise: protocol-06 §7.5 does not say in which list an index counts. */
export function roomComponentLogicReading(reading: IndexReading): ReadonlyMap<number, ComponentLogic> {
  return new Map([...roomComponentLogic, [componentIds.participant_list, participantList(reading)]]);
}

function participantList(reading: IndexReading): ComponentLogic {
  return (current, updates) =>
    unlessMalformed(() => {
      const list = current === undefined ? [] : decodeParticipants(current);
      const decoded = updates.map((update) => ParticipantListUpdate.decode(update));
      const next = applyListUpdates(list, decoded, reading);
      return "refused" in next ? next : encodeParticipants(next);
    });
}

function joinLinks(current: Uint8Array | undefined, updates: readonly Uint8Array[]) {
  return unlessMalformed(() => updatedLinks(current, updates));
}

/** protocol-06 §5.4.1: there is no way to another franking agent but a new group. */
function introducedOnce(current: Uint8Array | undefined, updates: readonly Uint8Array[]) {
  return unlessMalformed(() => {
    const [update, second] = updates;
    if (update === undefined || second !== undefined)
      return { refused: "franking agent changed more than once" };
    if (current !== undefined) return { refused: "there is a franking agent already" };
    FrankingAgentUpdate.decode(update);
    return update;
  });
}

/** A component whose value is replaced as a whole, at most once a commit, by what it can be. */
function replacedOnce(component: number, name: string): ComponentLogic {
  const structure = components.find(({ id }) => id === component)?.data;
  const words = name.replaceAll("_", " ");
  return (_current, updates) =>
    unlessMalformed(() => {
      const [update, second] = updates;
      if (update === undefined || second !== undefined) return { refused: `${words} changed more than once` };
      structure?.decode(update);
      const contents = decideContents(policyPart(component, update));
      return contents.allowed ? update : { refused: `${contents.rule}: ${contents.says}` };
    });
}

function unlessMalformed(apply: () => Uint8Array | { readonly refused: string }) {
  try {
    return apply();
  } catch (error) {
    if (error instanceof DecodeError) return { refused: error.message };
    throw error;
  }
}
