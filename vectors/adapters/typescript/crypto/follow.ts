/** A group's handshakes as somebody judges them who is not a member. RFC 9420 §6.1 and §12, mls-extensions §4 to §6 */
import { hex } from "../../../../spec-model/bytes.ts";
import {
  type ComponentLogic,
  decodeRatchetTree,
  type EphemeralLogic,
  followHandshake,
  GroupContext,
  type GroupView,
  MLSMessage,
  type MlsApplication,
  members,
  type Provider,
  validateTree,
} from "../../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIn, octetsOf } from "../input.ts";
import { suiteIn, unlessRefused } from "./answers.ts";

export function followHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    "group.follow": (input) =>
      unlessRefused(() => {
        const application = { ...applicationIn(input), ...(provider && { provider }) };
        return followed(input, application);
      }),
    "ratchet-tree.validate": (input) =>
      unlessRefused(() => {
        const tree = decodeRatchetTree(octetsIn(input, "ratchetTree"));
        const context = GroupContext.decode(octetsIn(input, "groupContext"));
        const suite = suiteIn(input, provider);
        validateTree(suite, tree, context, provider === undefined ? {} : { provider });
        return { members: members(tree).map(({ leafIndex }) => leafIndex) };
      }),
  };
}

/** What the case's message leads to, for an application of one's own: an implementation's mistakes can be in it. */
export function followed(input: JsonObject, application: MlsApplication): JsonObject {
  const group = pendingIn(input).reduce(
    (before, message) => followHandshake(before, message, application).group,
    groupBefore(input),
  );
  const message = MLSMessage.decode(octetsIn(input, "message"));
  const after = followHandshake(group, message, application);
  return after.kind === "proposal"
    ? { reference: hex(after.pending.reference) }
    : { groupContext: hex(GroupContext.encode(after.group.groupContext)) };
}

export function groupBefore(input: JsonObject): GroupView {
  return {
    groupContext: GroupContext.decode(octetsIn(input, "groupContext")),
    tree: decodeRatchetTree(octetsIn(input, "ratchetTree")),
    confirmationTag: octetsIn(input, "confirmationTag"),
    pendingProposals: new Map(),
  };
}

export function pendingIn(input: JsonObject): MLSMessage[] {
  return listIn<string>(input, "pending").map((each) => MLSMessage.decode(octetsOf(each)));
}

export function applicationIn(input: JsonObject): MlsApplication {
  const last: ComponentLogic = (_, updates) => updates.at(-1) ?? new Uint8Array();
  return {
    components: logicOf(
      input,
      "components",
      (refuses): ComponentLogic =>
        (current, updates, senders) => {
          const refused = updates.some((update) => refuses.has(hex(update)));
          return refused ? { refused: "the component calls it invalid" } : last(current, updates, senders);
        },
    ),
    ephemeralComponents: logicOf(
      input,
      "ephemeralComponents",
      (refuses): EphemeralLogic =>
        (data) =>
          refuses.has(hex(data)) ? { refused: "the component calls it invalid" } : undefined,
    ),
  };
}

function logicOf<T>(
  input: JsonObject,
  member: string,
  make: (refuses: ReadonlySet<string>) => T,
): ReadonlyMap<number, T> {
  return new Map(
    listIn<JsonObject>(input, member).map((each) => [
      Number(each["componentId"]),
      make(new Set(listIn<string>(each, "refuses"))),
    ]),
  );
}
