/** The room's policy as a member knows it. room-policy-04 §3 */
import { domainOfUri } from "../identifiers/index.ts";
import type { GroupContext, Member, RatchetTree } from "../mls/index.ts";
import { rememberedByBoth } from "../remembered.ts";
import { type PolicyState, policyIn, roomFacts, roomOfGroup } from "../room/index.ts";

export function policyStateOf({ groupContext, tree }: Pick<Member, "groupContext" | "tree">): PolicyState {
  return stateOf(groupContext, tree);
}

const stateOf = rememberedByBoth((groupContext: GroupContext, tree: RatchetTree): PolicyState => {
  const { participants, members } = roomFacts(groupContext, tree);
  const hub = domainOfUri(roomOfGroup(groupContext.groupId) ?? "");
  return { ...policyIn(groupContext), participants, members, hub };
});
