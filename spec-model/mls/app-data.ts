/** The application's data in the GroupContext, and authenticated data shared by components (mls-extensions §4.6 to §4.9). */
import type { ComponentLogic, MlsApplication } from "./application.ts";
import { decoded, demand, present, refuse } from "./errors.ts";
import { extensionData } from "./extensions.ts";
import {
  AppDataDictionary,
  componentIds,
  type Extension,
  type Proposal,
  SafeAAD,
  type SafeAADItem,
  type Sender,
} from "./structures/index.ts";

/** Data by ComponentID. */
export type Dictionary = ReadonlyMap<number, Uint8Array>;

/** An app_data_dictionary extension with these entries. */
export function dictionaryExtension(dictionary: Dictionary): Extension {
  const componentData = [...dictionary]
    .sort(([a], [b]) => a - b)
    .map(([componentId, data]) => ({ componentId, data }));
  return {
    extensionType: "app_data_dictionary",
    extensionData: AppDataDictionary.encode({ componentData }),
  };
}

/** The entries, none where there is no dictionary. Refuses entries out of order or twice (`dictionaryOrder`). */
export function dictionaryOf(extensions: readonly Extension[]): Dictionary {
  const data = extensionData(extensions, "app_data_dictionary");
  if (data === undefined) return new Map();
  const { componentData } = decoded(AppDataDictionary, data);
  demandAscending(componentData, "dictionaryOrder");
  return new Map(componentData.map((entry) => [entry.componentId, entry.data]));
}

/** One component's data, undefined where it has none. mls-extensions §4.6 */
export function componentData(extensions: readonly Extension[], componentId: number): Uint8Array | undefined {
  return dictionaryOf(extensions).get(componentId);
}

/** A change of the dictionary with its proposal's sender. */
export interface SentAppDataUpdate {
  readonly proposal: Extract<Proposal, { proposalType: "app_data_update" }>;
  readonly sender: Sender;
}

/** The extensions after these updates, given in commit order. mls-extensions §4.7 */
export function applyAppDataUpdates(
  extensions: Extension[],
  updates: readonly SentAppDataUpdate[],
  app: MlsApplication,
): Extension[] {
  if (updates.length === 0) return extensions;
  const dictionary = new Map(dictionaryOf(extensions));
  for (const componentId of new Set(updates.map(({ proposal }) => proposal.componentId))) {
    const own = updates.filter(({ proposal }) => proposal.componentId === componentId);
    const logic = present(app.components?.get(componentId), "unknownComponent", `component ${componentId}`);
    if (own.some(({ proposal }) => proposal.op === "remove")) {
      demand(own.length === 1, "appDataRemoveNotAlone", `component ${componentId}`);
      demand(dictionary.delete(componentId), "appDataRemoveAbsent", `component ${componentId}`);
    } else {
      dictionary.set(componentId, updated(componentId, dictionary.get(componentId), own, logic));
    }
  }
  const changed = dictionaryExtension(dictionary);
  const isDictionary = (extension: Extension) => extension.extensionType === "app_data_dictionary";
  if (!extensions.some(isDictionary)) return [...extensions, changed];
  return extensions.map((extension) => (isDictionary(extension) ? changed : extension));
}

function updated(
  componentId: number,
  current: Uint8Array | undefined,
  own: readonly SentAppDataUpdate[],
  logic: ComponentLogic,
): Uint8Array {
  const contents = own.flatMap(({ proposal }) => (proposal.op === "update" ? [proposal.update] : []));
  const answer = logic(
    current,
    contents,
    own.map(({ sender }) => sender),
  );
  if (answer instanceof Uint8Array) return answer;
  return refuse("appDataUpdateRefused", `component ${componentId}: ${answer.refused}`);
}

/** mls-extensions §4.9: authenticated_data made of these items, sorted. */
export function safeAad(items: readonly SafeAADItem[]): Uint8Array {
  return SafeAAD.encode({ aadItems: [...items].sort((a, b) => a.componentId - b.componentId) });
}

/** The items of a SafeAAD. Refuses other octets (`malformed`) and items out of order (`safeAadOrder`). */
export function safeAadItems(authenticatedData: Uint8Array): SafeAADItem[] {
  const { aadItems } = decoded(SafeAAD, authenticatedData);
  demandAscending(aadItems, "safeAadOrder");
  return aadItems;
}

/** mls-extensions §4.9: with safe_aad in the GroupContext, all authenticated_data is a SafeAAD. */
export function demandSafeAadWhereRequired(
  extensions: readonly Extension[],
  authenticatedData: Uint8Array,
): void {
  if (dictionaryOf(extensions).has(componentIds.safe_aad)) safeAadItems(authenticatedData);
}

function demandAscending(
  entries: readonly { componentId: number }[],
  code: "dictionaryOrder" | "safeAadOrder",
): void {
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    demand(
      before === undefined || before.componentId < entry.componentId,
      code,
      `component ${entry.componentId}`,
    );
  });
}
