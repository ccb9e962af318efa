/** Clients that take extensions of MLS, or small matters of a room, otherwise than they are. mls-extensions §4, §6 and §8 */
import { type AnswerDefect, by, type Row } from "./mistake.ts";

const rows: readonly Row[] = [
  [
    "client-removes-committer",
    "takes a SelfRemove for one of whoever commits it",
    ["mls-extensions-6.3.1-removes-sender"],
    ({ removals }) => ({ removals: () => removals().map((each) => each.replace(/^leave .*/, "leave 0")) }),
  ],
  [
    "client-removes-before-leavers",
    "has Removes count before SelfRemoves",
    ["mls-extensions-6.3.1-order"],
    ({ removals }) => ({
      removals: () => removals().toSorted((a, b) => rank(a) - rank(b)),
    }),
  ],
  [
    "client-applies-updates-first",
    "hands AppDataUpdates to their component before AppEphemerals",
    ["mls-extensions-4.8-between", "mls-extensions-4.7-after-default"],
    ({ committed }) => ({
      committed: (proposals) => {
        const made = committed(proposals);
        const isUpdate = (each: string) => each.startsWith("update");
        return {
          ...made,
          heard: [...made.heard.filter(isUpdate), ...made.heard.filter((each) => !isUpdate(each))],
        };
      },
    }),
  ],
  [
    "client-turns-ephemerals-round",
    "hands the AppEphemerals of a commit to their component last first",
    ["mls-extensions-4.8-in-order"],
    ({ committed }) => ({
      committed: (proposals) => {
        const made = committed(proposals);
        const isUpdate = (each: string) => each.startsWith("update");
        const ephemerals = made.heard.filter((each) => !isUpdate(each)).toReversed();
        return { ...made, heard: [...ephemerals, ...made.heard.filter(isUpdate)] };
      },
    }),
  ],
  [
    "client-always-has-path",
    "has a path in every commit",
    ["mls-extensions-4.7-no-path", "mls-extensions-4.8-no-path"],
    ({ committed }) => ({ committed: (proposals) => ({ ...committed(proposals), hasPath: true }) }),
  ],
  [
    "client-adds-whoever-lacks-types",
    "does not look at the media types that a newcomer receives",
    ["mls-extensions-6.2.3-not-without-types"],
    () => ({ lackingMediaTypes: () => [] }),
  ],
  [
    "client-forgets-app-acks",
    "does not propose an AppAck again that a commit has left out",
    ["mls-extensions-8.2-again-after-external"],
    () => ({ appAcksLeftOut: () => [] }),
  ],
  [
    "client-ignores-binding-suites",
    "does not ask whether every member supports the cipher suite of a binding",
    ["mls-extensions-6.5.1-suite-supported"],
    ({ multiCredentialProblem }) => ({
      multiCredentialProblem: (leaf, members, own, app) => {
        const problem = multiCredentialProblem(leaf, members, own, app);
        return problem === "bindingUnsupported" ? undefined : problem;
      },
    }),
  ],
  [
    "client-skips-bindings",
    "does not verify the bindings of a credential of several",
    ["mls-extensions-6.5.2-multi", "mls-extensions-6.5.2-weak-multi"],
    ({ multiCredentialProblem }) => ({
      multiCredentialProblem: (leaf, members, own, app) => {
        const problem = multiCredentialProblem(leaf, members, own, app);
        return problem === "invalid" ? undefined : problem;
      },
    }),
  ],
  [
    "client-fetches-trees-anywhere",
    "fetches a ratchet tree from any domain",
    ["ratchet-tree-options-3.1-listed-domain"],
    ({ treeOptionProblem }) => ({
      treeOptionProblem: (option, sources) => treeOptionProblem(option, { ...sources, domains: undefined }),
    }),
  ],
  [
    "client-asks-service-for-hidden-tree",
    "has the distribution service give a tree that it cannot follow",
    ["ratchet-tree-options-3-distribution-service"],
    ({ treeOptionProblem }) => ({
      treeOptionProblem: (option, sources) =>
        treeOptionProblem(option, { ...sources, privateHandshakes: false }),
    }),
  ],
  [
    "client-reports-as-it-likes",
    "sends read receipts as its user likes, whatever the room has",
    ["message-status-3-policy"],
    () => ({ sendsNotification: (_policy, _kind, likes) => likes }),
  ],
  [
    "client-shows-no-untyped-description",
    "takes a description without a media type for none",
    ["protocol-7.6-empty-media-type"],
    ({ readDescription }) => ({
      readDescription: (description) =>
        description.mediaType === "" ? { mediaType: "", text: undefined } : readDescription(description),
    }),
  ],
];

export const extensionMistakes: readonly AnswerDefect[] = by("client", rows);

const order = ["update", "remove", "leave"];

function rank(each: string): number {
  return order.indexOf(each.split(" ")[0] ?? "");
}
