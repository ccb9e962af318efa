/** What AppDataUpdates do to dictionaries and to the data of components. mls-extensions §4.7, protocol-06 §7.5 */
import { concat, hex, noBytes } from "../../../../spec-model/bytes.ts";
import {
  AppDataDictionary,
  AppDataUpdate,
  applyAppDataUpdates,
  type ComponentLogic,
  dictionaryOf,
} from "../../../../spec-model/mls/index.ts";
import { attempt, isRefused, roomComponentLogic } from "../../../../spec-model/room/index.ts";
import { componentIds } from "../../../../spec-model/room/structures/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Answer } from "../../../verify/protocol.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIfAny, octetsIn, octetsOf } from "../input.ts";

export const componentHandlers: Readonly<Record<string, Handler>> = {
  "dictionary.update": (input) => {
    const changed = attempt(() => updatedDictionary(input));
    return isRefused(changed) ? refused(changed.text) : { outcome: "applied", output: changed };
  },
  "room-component.update": (input) => {
    const data = updatedComponent(
      Number(input["componentId"]),
      octetsIfAny(input, "current"),
      updatesIn(input),
    );
    return data instanceof Uint8Array
      ? { outcome: "applied", output: { data: hex(data) } }
      : refused(data.refused);
  },
  "participants.update": (input) => {
    const list = octetsIn(input, "list");
    const next = updatedComponent(componentIds.participant_list, list, updatesIn(input));
    return next instanceof Uint8Array
      ? { outcome: "applied", output: { list: hex(next) } }
      : refused(next.refused);
  },
};

const replacing: ComponentLogic = (_, updates) => updates.at(-1) ?? noBytes;
const appending: ComponentLogic = (current, updates) => concat(current ?? noBytes, ...updates);

function updatedDictionary(input: JsonObject): JsonObject {
  const known = (member: string, logic: ComponentLogic) =>
    listIn<number>(input, member).map((id) => [id, logic] as const);
  const components = new Map([...known("replacing", replacing), ...known("appending", appending)]);
  const sender = { senderType: "member" as const, leafIndex: 0 };
  const updates = updatesIn(input).map((update) => ({
    proposal: { proposalType: "app_data_update" as const, ...AppDataUpdate.decode(update) },
    sender,
  }));
  const extensionData = octetsIfAny(input, "dictionary");
  const before =
    extensionData === undefined ? [] : [{ extensionType: "app_data_dictionary" as const, extensionData }];
  // A dictionary that nothing changes has to be in order as well.
  dictionaryOf(before);
  const componentData = [...dictionaryOf(applyAppDataUpdates(before, updates, { components }))].map(
    ([componentId, data]) => ({ componentId, data }),
  );
  return { dictionary: hex(AppDataDictionary.encode({ componentData })) };
}

function updatedComponent(id: number, current: Uint8Array | undefined, updates: readonly Uint8Array[]) {
  const logic = roomComponentLogic.get(id);
  if (logic === undefined) throw new Error(`there is no component ${id}`);
  return logic(current, updates, []);
}

function updatesIn(input: JsonObject): readonly Uint8Array[] {
  return listIn<string>(input, "updates").map(octetsOf);
}

function refused(says: string): Answer {
  return { outcome: "refused", says };
}
