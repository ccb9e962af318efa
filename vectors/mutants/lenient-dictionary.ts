/** Implementations that make one mistake in dictionaries or in the data of components. mls-extensions §4.7 */
import { hex } from "../../spec-model/bytes.ts";
import { AppDataDictionary, AppDataUpdate } from "../../spec-model/mls/index.ts";
import { roomComponentLogic } from "../../spec-model/room/index.ts";
import { componentOf } from "../../spec-model/room/structures/index.ts";
import type { Codec } from "../../spec-model/wire/index.ts";
import { listIn, octetsIn } from "../adapters/typescript/input.ts";
import { stateHandlers } from "../adapters/typescript/state.ts";
import type { JsonObject } from "../format/case.ts";
import { lenientReader } from "./lenient-reader.ts";
import { answered, mutant, type StateMutant, updatesIn } from "./state-mutant.ts";

const dictionary = "dictionary.update";

const component = "room-component.update";
/** They have rules of their own, which hang on what was there before. */
const special: readonly string[] = ["participant_list", "join_links", "franking_signature_key"];

export function dictionaryMutants(): StateMutant[] {
  return [
    mutant(
      dictionary,
      "dictionary as a map",
      "takes entries in any order, and the last of those of one component",
      (input) => {
        const { componentData } = AppDataDictionary.decode(octetsIn(input, "dictionary"));
        const byId = new Map(componentData.map(({ componentId, data }) => [componentId, data]));
        const sorted = [...byId]
          .toSorted(([a], [b]) => a - b)
          .map(([componentId, data]) => ({ componentId, data }));
        return answered(dictionary, {
          ...input,
          dictionary: hex(AppDataDictionary.encode({ componentData: sorted })),
        });
      },
    ),
    mutant(
      dictionary,
      "dictionary with any component",
      "takes updates of components that it does not know, and removals of what is not there",
      (input) => answered(dictionary, withoutStrangers(input)),
    ),
    mutant(
      dictionary,
      "dictionary update by update",
      "applies updates and removals of one component one after the other",
      (input) => {
        const updates = updatesIn(input).map((octets) => AppDataUpdate.decode(octets));
        const lastOfEach = updates.filter(
          ({ componentId }, index) =>
            !updates.slice(index + 1).some((later) => later.componentId === componentId),
        );
        return answered(dictionary, {
          ...input,
          updates: lastOfEach.map((each) => hex(AppDataUpdate.encode(each))),
        });
      },
    ),
    lenientReader(
      dictionary,
      () => [AppDataDictionary as Codec<unknown>, AppDataUpdate as Codec<unknown>],
      "dictionary",
    ),
  ];
}

/** What nobody knows is left out, as if it had no effect. */
function withoutStrangers(input: JsonObject): JsonObject {
  const known = [...listIn<number>(input, "replacing"), ...listIn<number>(input, "appending")];
  const { componentData } = AppDataDictionary.decode(octetsIn(input, "dictionary"));
  const updates = updatesIn(input).filter((octets) => {
    const { componentId, op } = AppDataUpdate.decode(octets);
    const isThere = componentData.some((entry) => entry.componentId === componentId);
    return known.includes(componentId) && (op === "update" || isThere);
  });
  return { ...input, updates: updates.map(hex) };
}

export function componentMutants(): StateMutant[] {
  return [
    mutant(
      component,
      "component update by update",
      "applies several updates of one commit one after the other",
      (input) => {
        let current = input["current"];
        for (const update of listIn<string>(input, "updates")) {
          const { outcome, output } = stateHandlers[component]?.({
            ...input,
            ...(current === undefined ? {} : { current }),
            updates: [update],
          }) ?? { outcome: "refused" };
          if (outcome === "refused") return outcome;
          current = output?.["data"];
        }
        return "applied";
      },
    ),
    mutant(
      component,
      "component that is always new",
      "lets an update replace whatever was there",
      (input) => {
        const logic = roomComponentLogic.get(Number(input["componentId"]));
        return updatesIn(input).every((update) => logic?.(undefined, [update], []) instanceof Uint8Array)
          ? "applied"
          : "refused";
      },
    ),
    mutant(
      component,
      "links without a look at the list",
      "takes every update of join links that it can read",
      (input) => {
        const update = componentOf(Number(input["componentId"]))?.update;
        for (const octets of updatesIn(input)) update?.decode(octets);
        return input["component"] === "join_links" ? "applied" : undefined;
      },
    ),
    mutant(
      component,
      "component that nobody can follow",
      "takes data of components that it can read, whatever they say",
      (input) => {
        const own = componentOf(Number(input["componentId"]));
        const [update, second] = updatesIn(input);
        if (special.includes(own?.name ?? "") || update === undefined || second !== undefined)
          return undefined;
        own?.update?.decode(update);
        return "applied";
      },
    ),
    lenientReader(
      component,
      (input) => {
        const own = componentOf(Number(input["componentId"]));
        return own?.update === undefined ? [] : [own.data, own.update];
      },
      "current",
    ),
  ];
}
