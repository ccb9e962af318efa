/** What one commit may not contain together, whoever proposed it. protocol-06 §7.5 and §7.6, room-policy-04 §3 and §4 */
import type { Change, ProposalFacts } from "../facts.ts";
import { componentIds } from "../structures/index.ts";
import { all, allowed, type Decision, refuse } from "./decision.ts";
import type { PolicyRule } from "./rules.ts";

/** Whether one commit may take up all of `proposals`. */
export function decideTogether(proposals: readonly ProposalFacts[]): Decision {
  const changes = proposals.flatMap((proposal) => proposal.changes);
  return all(combinations, (decide) => decide(changes));
}

/** Each kind of thing that a commit may hold once: what of a change counts, and the rule that says so. */
const combinations: readonly ((changes: readonly Change[]) => Decision)[] = [
  once("one-change-per-user", (change) => (isListChange(change) ? [change.user] : [])),
  rolesApart,
  preauthorisationsApart,
  once("one-metadata-update", (change) => (change.kind === "changeMetadata" ? ["room metadata"] : [])),
  componentRemovedAlone,
  once("one-update-per-component", (change) =>
    change.kind === "changeComponent" && change.component !== componentIds.join_links
      ? [`component ${change.component}`]
      : [],
  ),
  once("link-changed-once", (change) =>
    change.kind === "changeComponent"
      ? [...(change.links?.removed ?? []), ...(change.links?.added ?? [])]
      : [],
  ),
  reinitAlone,
  once("one-context-change", (change) =>
    isOther(change, "group_context_extensions") ? ["the GroupContext"] : [],
  ),
  once("one-change-per-leaf", (change) =>
    change.kind === "removeClient" || change.kind === "updateClient" ? [`leaf ${change.leaf}`] : [],
  ),
  once("client-added-once", (change) => (change.kind === "addClient" ? [change.client] : [])),
];

function once(rule: PolicyRule, thingsOf: (change: Change) => readonly string[]) {
  return (changes: readonly Change[]): Decision => {
    const things = changes.flatMap(thingsOf);
    const twice = things.find((thing, i) => things.indexOf(thing) !== i);
    return twice === undefined ? allowed : refuse(rule, `${twice} is changed twice in one commit`);
  };
}

function rolesApart(changes: readonly Change[]): Decision {
  const listed = changes.find(isListChange);
  if (listed === undefined || !changes.some(isChangeOf(componentIds.roles_list))) return allowed;
  return refuse("roles-change-apart", `${listed.user} changes in the list along with the roles`);
}

function preauthorisationsApart(changes: readonly Change[]): Decision {
  const listed = changes.filter(isListChange).find((change) => change.kind !== "removeParticipant");
  if (listed === undefined || !changes.some(isChangeOf(componentIds.preauth_list))) return allowed;
  const says = `${listed.user} changes in the list along with the preauthorisations`;
  return refuse("preauthorisations-change-apart", says);
}

function componentRemovedAlone(changes: readonly Change[]): Decision {
  const removed = changes.find((change) => change.kind === "changeComponent" && change.op === "remove");
  if (removed?.kind !== "changeComponent") return allowed;
  if (changes.filter(isChangeOf(removed.component)).length === 1) return allowed;
  return refuse("component-removed-alone", `component ${removed.component} is removed and changed`);
}

function reinitAlone(changes: readonly Change[]): Decision {
  const reinit = changes.some((change) => isOther(change, "reinit"));
  return reinit && changes.length > 1 ? refuse("reinit-alone", "a ReInit among other changes") : allowed;
}

type ListChange = Extract<Change, { kind: "addParticipant" | "removeParticipant" | "changeRole" }>;

/** A change of the participant list. */
export function isListChange(change: Change): change is ListChange {
  return (
    change.kind === "addParticipant" || change.kind === "removeParticipant" || change.kind === "changeRole"
  );
}

function isChangeOf(component: number) {
  return (change: Change): boolean => change.kind === "changeComponent" && change.component === component;
}

function isOther(change: Change, proposalType: string): boolean {
  return change.kind === "other" && change.proposalType === proposalType;
}
