/** What lists and options in structures decide by themselves: tree sources, media types, and what the hub fans out. */
import type { Suite } from "../../format/case.ts";
import { fanOutGroups } from "./fan-out-cases.ts";
import { mediaTypeGroups } from "./media-type-cases.ts";
import { requestGroups } from "./request-cases.ts";
import { ruleNotes } from "./rule-notes.ts";
import { treeSourceGroups } from "./tree-source-cases.ts";

export function ruleSuites(seed: string): Suite[] {
  const suite = (draft: string, name: string, title: string, groups: Suite["groups"]): Suite => ({
    draft,
    family: "codec",
    name,
    title,
    seed: `${seed} codec ${draft} ${name}`,
    notes: ruleNotes,
    groups,
  });
  return [
    suite("protocol-06", "fan-out", "What the hub fans out of an update", fanOutGroups(seed)),
    suite("protocol-06", "requests", "Heads of requests, and whose they are", requestGroups()),
    suite("mls-extensions", "media-types", "Required media types", mediaTypeGroups()),
    suite(
      "ratchet-tree-options-03",
      "tree-sources",
      "Where ratchet trees may be had from",
      treeSourceGroups(),
    ),
  ];
}
