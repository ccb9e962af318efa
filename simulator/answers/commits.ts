/** A commit of one member, and what comes of it: what its components hear, in which order, and whether it has a path. */
import { noBytes, textOf, utf8 } from "../../spec-model/bytes.ts";
import {
  type Capabilities,
  ComponentsList,
  commit,
  componentIds,
  createGroup,
  dictionaryExtension,
  dictionaryOf,
  generateKeyPackage,
  type MlsApplication,
  type Proposal,
} from "../../spec-model/mls/index.ts";
import { expandEntropy } from "../../spec-model/random.ts";

/** The component that the commits are about: it keeps its last update and hears of everything. */
export const topic = 0x8001;

/** What comes of a commit. */
export interface Made {
  /** `update x`, `ephemeral y`: each once, in the order in which the component first hears of it. */
  readonly heard: readonly string[];
  readonly hasPath: boolean;
  /** What the component has in the group afterwards. */
  readonly kept: string | undefined;
}

const able: Capabilities = {
  versions: ["mls10"],
  cipherSuites: [1],
  extensions: ["app_data_dictionary"],
  proposals: ["app_data_update", "app_ephemeral", "self_remove"],
  credentials: ["basic"],
};

/** By a group of one. mls-extensions §4.7 and §4.8 */
export function committed(proposals: readonly Proposal[]): Made {
  const heard: string[] = [];
  const tell = (what: string) => {
    if (!heard.includes(what)) heard.push(what);
  };
  const app: MlsApplication = {
    now: 1000n,
    components: new Map([
      [
        topic,
        (_current: Uint8Array | undefined, updates: readonly Uint8Array[]) => {
          for (const each of updates) tell(`update ${textOf(each)}`);
          return updates.at(-1) ?? noBytes;
        },
      ],
    ]),
    ephemeralComponents: new Map([
      [
        topic,
        (data: Uint8Array) => {
          tell(`ephemeral ${textOf(data)}`);
          return undefined;
        },
      ],
    ]),
  };
  const random = expandEntropy(noBytes, "answers about commits");
  const supported = ComponentsList.encode({ componentIds: [topic] });
  const creator = generateKeyPackage(
    1,
    {
      credential: { credentialType: "basic", identity: utf8("alice") },
      leafExtensions: [dictionaryExtension(new Map([[componentIds.app_components, supported]]))],
      capabilities: able,
      lifetime: { notBefore: 0n, notAfter: 2000n },
    },
    app,
    random,
  );
  const extensions = [dictionaryExtension(new Map([[topic, utf8("first")]]))];
  const group = createGroup({ groupId: utf8("room"), extensions, creator }, app, random);
  const made = commit(group, { proposals: [...proposals] }, app, random);
  const kept = dictionaryOf(made.state.groupContext.extensions).get(topic);
  return { heard, hasPath: made.facts.hasPath, kept: kept === undefined ? undefined : textOf(kept) };
}
