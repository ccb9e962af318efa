/** KeyPackages, judged by themselves and for a group. RFC 9420 §10.1, mls-extensions §4.6, §5 and §6.4 */
import { hex } from "../../../../spec-model/bytes.ts";
import {
  ComponentsList,
  componentData,
  componentIds,
  dictionaryOf,
  GroupContext,
  groupDemands,
  KeyPackage,
  keyPackageRef,
  type LeafNode,
  type Provider,
  validateForGroup,
} from "../../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Handler } from "../handler.ts";
import { octetsIn } from "../input.ts";
import { suiteIn, unlessRefused } from "./answers.ts";

export function keyPackageHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    "key-package.validate": (input) => unlessRefused(() => validated(input, provider)),
  };
}

function validated(input: JsonObject, provider: Provider | undefined): JsonObject {
  const suite = suiteIn(input, provider);
  const keyPackage = KeyPackage.decode(octetsIn(input, "keyPackage"));
  const { extensions } = GroupContext.decode(octetsIn(input, "groupContext"));
  const application = { now: BigInt(String(input["now"])), ...(provider && { provider }) };
  validateForGroup(suite, keyPackage, groupDemands(extensions), application);
  return {
    reference: hex(keyPackageRef(suite, keyPackage)),
    lastResort: dictionaryOf(keyPackage.extensions).has(componentIds.last_resort_key_package),
    components: listIn(keyPackage.leafNode, componentIds.app_components),
    safeAadComponents: listIn(keyPackage.leafNode, componentIds.safe_aad),
  };
}

function listIn({ extensions }: LeafNode, componentId: number): number[] {
  const data = componentData(extensions, componentId);
  return data === undefined ? [] : ComponentsList.decode(data).componentIds;
}
