/** Clients that add others by their KeyPackages, and get one thing wrong each. RFC 9420 §10.1, mls-extensions §5 */
import { hex } from "../../spec-model/bytes.ts";
import {
  ComponentsList,
  componentData,
  componentIds,
  dictionaryExtension,
  dictionaryOf,
  type Extension,
  GroupContext,
  KeyPackage,
  type MlsErrorCode,
  mlsRules,
} from "../../spec-model/mls/index.ts";
import { remembered } from "../../spec-model/remembered.ts";
import { cryptoHandlers } from "../adapters/typescript/crypto.ts";
import { octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import type { Answer } from "../verify/protocol.ts";
import type { CheckLeftOut } from "./lenient-requests.ts";

const operation = "key-package.validate";

function mutant(
  slug: string,
  says: string,
  accepts: (input: JsonObject, keyPackage: KeyPackage) => boolean,
): CheckLeftOut {
  const id = `KeyPackage ${slug}`;
  return {
    id,
    says,
    operation,
    accepts: (input) => accepts(input, KeyPackage.decode(octetsIn(input, "keyPackage"))),
  };
}

/** Sees the group with other extensions than it has. */
function seeingGroup(
  slug: string,
  says: string,
  change: (extensions: readonly Extension[], keyPackage: KeyPackage) => Extension[],
): CheckLeftOut {
  return mutant(slug, says, (input, keyPackage) => {
    const context = GroupContext.decode(octetsIn(input, "groupContext"));
    const extensions = change(context.extensions, keyPackage);
    return isValid({ ...input, groupContext: hex(GroupContext.encode({ ...context, extensions })) });
  });
}

/** Has never heard of one rule. */
function without(slug: string, says: string, rule: MlsErrorCode): CheckLeftOut {
  return mutant(slug, says, (input) => answerTo(input).says?.startsWith(mlsRules[rule][1]) === true);
}

export const lenientKeyPackages: readonly CheckLeftOut[] = [
  seeingGroup(
    "whatever wire formats are required",
    "does not know the extension required_wire_formats",
    (extensions) => extensions.filter(({ extensionType }) => extensionType !== "required_wire_formats"),
  ),
  seeingGroup(
    "whatever capabilities are required",
    "does not know the extension required_capabilities",
    (extensions) => extensions.filter(({ extensionType }) => extensionType !== "required_capabilities"),
  ),
  seeingGroup("whatever components are required", "does not read app_components of the group", (extensions) =>
    requiring(extensions, componentIds.app_components, () => false),
  ),
  seeingGroup("whatever is required in Safe AAD", "does not read safe_aad of the group", (extensions) =>
    requiring(extensions, componentIds.safe_aad, () => false),
  ),
  seeingGroup(
    "by either list of components",
    "looks for a required component in both lists of the leaf",
    (extensions, { leafNode }) => {
      const listed = lists.flatMap((list) => idsIn(leafNode.extensions, list));
      return lists.reduce((all, list) => requiring(all, list, (id) => !listed.includes(id)), [...extensions]);
    },
  ),
  seeingGroup(
    "by the data that a leaf has",
    "takes a component for supported where the leaf has data of it",
    (extensions, { leafNode }) =>
      requiring(extensions, componentIds.app_components, (id) => !dictionaryOf(leafNode.extensions).has(id)),
  ),
  seeingGroup(
    "by its own extensions",
    "looks for what a client supports in the KeyPackage's extensions as well as in the leaf's",
    (extensions, keyPackage) => {
      const unlisted = lists.reduce(
        (all, list) => requiring(all, list, (id) => !idsIn(keyPackage.extensions, list).includes(id)),
        [...extensions],
      );
      const says = keyPackage.extensions.some(
        ({ extensionType }) => extensionType === "supported_wire_formats",
      );
      return unlisted.filter(({ extensionType }) => !says || extensionType !== "required_wire_formats");
    },
  ),
  mutant("of any age", "does not look when a lifetime has ended", (input, { leafNode }) =>
    leafNode.leafNodeSource === "key_package" && leafNode.lifetime.notAfter < BigInt(String(input["now"]))
      ? isValid({ ...input, now: String(leafNode.lifetime.notAfter) })
      : false,
  ),
  mutant("of the future", "does not look whether a lifetime has begun", (input, { leafNode }) =>
    leafNode.leafNodeSource === "key_package" && leafNode.lifetime.notBefore > BigInt(String(input["now"]))
      ? isValid({ ...input, now: String(leafNode.lifetime.notBefore) })
      : false,
  ),
  without(
    "with one key for two",
    "does not compare the init key with the leaf's encryption key",
    "initKeyReused",
  ),
  without("around any leaf", "does not look where the leaf comes from", "leafSource"),
  without(
    "with a dictionary in any order",
    "takes a dictionary's components in any order",
    "dictionaryOrder",
  ),
  without(
    "with extensions twice",
    "keeps the first extension of a type and ignores others",
    "duplicateExtension",
  ),
  without("with any extensions", "does not hold a leaf to its own capabilities", "leafExtension"),
  without(
    "whatever the group uses",
    "does not compare capabilities with the group's extensions",
    "groupExtension",
  ),
  without(
    "of any cipher suite",
    "does not look for the group's cipher suite in the capabilities",
    "leafCipherSuite",
  ),
];

const lists = [componentIds.app_components, componentIds.safe_aad];

function idsIn(extensions: readonly Extension[], list: number): readonly number[] {
  const data = componentData(extensions, list);
  return data === undefined ? [] : ComponentsList.decode(data).componentIds;
}

/** The group's extensions, requiring of the list only the components that are kept. */
function requiring(
  extensions: readonly Extension[],
  list: number,
  keeps: (componentId: number) => boolean,
): Extension[] {
  const kept = ComponentsList.encode({ componentIds: idsIn(extensions, list).filter(keeps) });
  const changed = dictionaryExtension(new Map([...dictionaryOf(extensions), [list, kept]]));
  return extensions.map((each) => (each.extensionType === "app_data_dictionary" ? changed : each));
}

/** Kept by input: many mistakes begin with what a right implementation says. */
const answerTo: (input: JsonObject) => Answer = remembered(
  (input: JsonObject) => cryptoHandlers[operation]?.(input) ?? { outcome: "unsupported" },
);

function isValid(input: JsonObject): boolean {
  return answerTo(input).outcome === "valid";
}
