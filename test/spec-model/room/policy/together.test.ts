import { describe, expect, it } from "vitest";
import { type Change, decideTogether } from "../../../../spec-model/room/index.ts";
import { componentIds } from "../../../../spec-model/room/structures/index.ts";
import { change, member, proposal, user, verdict } from "./rooms.ts";

const alice = { kind: "member" as const, ...member("alice", 0) };
const update = (component: number): Change => ({ kind: "changeComponent", component, op: "update" });
const drop = (component: number): Change => ({ kind: "changeComponent", component, op: "remove" });
const links = (added: readonly string[], removed: readonly string[]): Change => ({
  kind: "changeComponent",
  component: componentIds.join_links,
  op: "update",
  links: { added, removed },
});
const other = (proposalType: string): Change => ({ kind: "other", proposalType });
const metadata: Change = { kind: "changeMetadata", fields: ["room_name"] };
const keys: Change = { kind: "updateClient", ...member("bob", 1) };
const roles = update(componentIds.roles_list);
const preauth = update(componentIds.preauth_list);
const assets = componentIds.asset_policy;

/** Pairs that one commit may hold, and pairs that it may not, with the rule. */
const pairs: readonly (readonly [string, Change, Change, string])[] = [
  ["two users' changes", change.move("bob", 2, 3), change.move("cathy", 2, 3), "allowed"],
  [
    "a promotion and a removal of one user",
    change.move("bob", 2, 3),
    change.remove("bob"),
    "one-change-per-user",
  ],
  ["two additions of one user", change.add("eve", 2), change.add("eve", 3), "one-change-per-user"],
  ["roles and an addition", roles, change.add("eve", 2), "roles-change-apart"],
  ["roles and a removal", roles, change.remove("bob"), "roles-change-apart"],
  ["roles and a role change", roles, change.move("bob", 2, 3), "roles-change-apart"],
  ["roles and a kick", roles, change.removeClient("bob", 1), "allowed"],
  ["roles and preauthorisations", roles, preauth, "allowed"],
  ["preauthorisations and an addition", preauth, change.add("eve", 2), "preauthorisations-change-apart"],
  [
    "preauthorisations and a role change",
    preauth,
    change.move("bob", 2, 3),
    "preauthorisations-change-apart",
  ],
  ["preauthorisations and a removal", preauth, change.remove("bob"), "allowed"],
  ["two metadata updates", metadata, { ...metadata, fields: ["room_mood"] } as Change, "one-metadata-update"],
  ["metadata and a removal", metadata, change.remove("bob"), "allowed"],
  ["two updates of one policy", update(assets), update(assets), "one-update-per-component"],
  ["updates of two policies", update(assets), update(componentIds.bot_policy), "allowed"],
  ["an update and a removal of one policy", update(assets), drop(assets), "component-removed-alone"],
  ["two removals of one policy", drop(assets), drop(assets), "component-removed-alone"],
  ["two different links", links(["aa"], []), links(["bb"], ["cc"]), "allowed"],
  ["one link twice", links(["aa"], []), links(["aa"], []), "link-changed-once"],
  ["one link in and out", links([], ["aa"]), links(["aa"], []), "link-changed-once"],
  ["a ReInit and anything", other("reinit"), metadata, "reinit-alone"],
  ["two ReInits", other("reinit"), other("reinit"), "reinit-alone"],
  [
    "two GroupContextExtensions",
    other("group_context_extensions"),
    other("group_context_extensions"),
    "one-context-change",
  ],
  ["an Update and a Remove of one leaf", keys, change.removeClient("bob", 1), "one-change-per-leaf"],
  [
    "two Removes of one leaf",
    change.removeClient("bob", 1),
    change.removeClient("bob", 1),
    "one-change-per-leaf",
  ],
  ["Updates of two leaves", keys, { kind: "updateClient", ...member("alice", 0) }, "allowed"],
  ["two Adds of one client", change.addClient("bob", 2), change.addClient("bob", 2), "client-added-once"],
  ["Adds of two clients", change.addClient("bob", 2), change.addClient("bob", 3), "allowed"],
];

describe("one commit", () => {
  it.each(pairs)("with %s", (_, one, another, expected) => {
    const apart = [proposal(alice, [one]), proposal(alice, [another])];
    expect(verdict(decideTogether(apart))).toBe(expected);
    expect(verdict(decideTogether([...apart].reverse()))).toBe(expected);
    expect(verdict(decideTogether([proposal(alice, [one, another])]))).toBe(expected);
  });

  it("holds a change that stands alone", () => {
    for (const [, one] of pairs) expect(decideTogether([proposal(alice, [one])]).allowed).toBe(true);
    expect(decideTogether([]).allowed).toBe(true);
  });

  it("says whom or what the refused combination is about", () => {
    const decision = decideTogether([proposal(alice, [change.add("eve", 2), change.add("eve", 2)])]);
    expect(decision).toEqual({
      allowed: false,
      rule: "one-change-per-user",
      draft: "protocol-06 §7.5",
      says: `${user("eve")} is changed twice in one commit`,
    });
  });
});
