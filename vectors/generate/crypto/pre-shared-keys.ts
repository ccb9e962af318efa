/** Pre-shared keys on their way into the key schedule, those of components among them. RFC 9420 §8.4, mls-extensions §4.5 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { PreSharedKeyID } from "../../../spec-model/mls/index.ts";
import { cryptoHandlers } from "../../adapters/typescript/crypto.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { positive } from "../cases.ts";
import { groupId, topic } from "./group.ts";
import type { Scene } from "./keys.ts";

const ofComponent = (componentId: number, name: string) =>
  ({ psktype: "application", componentId, pskId: utf8(name) }) as const;
const external = { psktype: "external", pskId: utf8("shared by hand") } as const;
const resumption = {
  psktype: "resumption",
  usage: "application",
  pskGroupId: utf8(groupId),
  pskEpoch: 6n,
} as const;

type Id = ReturnType<typeof ofComponent> | typeof external | typeof resumption;
const one = ofComponent(topic, "a key");

const kinds: readonly (readonly [slug: string, comment: string, ids: readonly Id[]])[] = [
  ["none", "a commit without pre-shared keys", []],
  ["component", "a component's key", [one]],
  ["component-first", "a key of component 0", [ofComponent(0, "a key")]],
  ["component-last", "a key of component 65535", [ofComponent(0xffff, "a key")]],
  ["component-no-id", "a component's key with an empty psk_id", [ofComponent(topic, "")]],
  ["components", "keys of two components with one psk_id", [one, ofComponent(topic + 1, "a key")]],
  ["components-reversed", "the same two in the other order", [ofComponent(topic + 1, "a key"), one]],
  ["external", "an external key", [external]],
  ["resumption", "a key of an epoch before", [resumption]],
  ["of-all-types", "a key of each type", [external, one, resumption]],
];

export function pskGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.map((scene) => ({
    operation: "psk.secret",
    comment: `The secret of pre-shared keys in cipher suite ${scene.suite.id}`,
    input: { cipherSuite: scene.suite.id },
    tests: kinds.map(([slug, comment, ids]) => secretOf(scene, slug, comment, ids)),
  }));
}

function secretOf(scene: Scene, slug: string, comment: string, ids: readonly Id[]): VectorCase {
  const psks = ids.map((id, index) => {
    const random = scene.random(`pre-shared key ${slug} ${index}`);
    const pskNonce = random.bytes(scene.suite.hashLength);
    return { id: hex(PreSharedKeyID.encode({ ...id, pskNonce })), psk: hex(random.bytes(32)) };
  });
  const input = { psks };
  const output = cryptoHandlers["psk.secret"]?.({ ...input, cipherSuite: scene.suite.id }).output;
  return positive({
    id: `psk-secret-${scene.mark}-${slug}`,
    comment,
    requirements: ids.some(({ psktype }) => psktype === "application")
      ? ["mls-extensions-4.5-component-psk"]
      : [],
    outcome: "secret",
    input,
    output: output ?? {},
  });
}
