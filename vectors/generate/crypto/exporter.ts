/** Exported secrets: the exporter of RFC 9420 §8.5, and the one for components of mls-extensions §4.4. */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  epochSecretsOf,
  exporterTreeOf,
  exportFrom,
  safeExportFrom,
} from "../../../spec-model/mls/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import type { Scene } from "./keys.ts";

const requirements = ["mls-extensions-4.4-exporter-tree"];

export function exporterGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.flatMap((scene) => [safe(scene), plain(scene)]);
}

const orders: readonly (readonly [slug: string, comment: string, ids: readonly number[]])[] = [
  ["first", "the first component", [0]],
  ["last", "the last component", [0xffff]],
  ["one", "one component", [0x8001]],
  ["neighbours", "two components under one parent", [6, 7]],
  ["backwards", "the same, the other way round", [7, 6]],
  ["far", "components of both halves of the tree", [0x7fff, 0x8000, 0]],
  ["rooms", "the components of a MIMI room", [0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27]],
];

function secretsOf(suite: CipherSuite, epochSecret: Uint8Array, ids: readonly number[]) {
  const { applicationExportSecret } = epochSecretsOf(suite, epochSecret);
  const secrets = ids.map((id) =>
    hex(safeExportFrom(suite, exporterTreeOf(applicationExportSecret), id).secret),
  );
  return { applicationExportSecret: hex(applicationExportSecret), secrets };
}

function safe(scene: Scene): VectorGroup {
  const { suite, mark } = scene;
  const epochSecret = scene.random("epoch secret").bytes(32);
  const tests = orders.map(([slug, comment, componentIds]) =>
    positive({
      id: `safe-export-${mark}-${slug}`,
      comment,
      requirements,
      outcome: "valid",
      input: { epochSecret: hex(epochSecret), componentIds },
      // What one component gets does not depend on what others got before: each from a whole tree.
      output: secretsOf(suite, epochSecret, componentIds),
    }),
  );
  const again = (slug: string, parent: VectorCase | undefined, componentIds: readonly number[]) =>
    parent === undefined
      ? []
      : [
          negative(parent, {
            slug,
            flag: "Once",
            path: "componentIds",
            op: "the secret of one component a second time",
            outcome: "invalid",
            requirements: ["mls-extensions-4.4-exported-once"],
            change: { componentIds },
          }),
        ];
  return {
    operation: "exporter.safe-export",
    comment: `Secrets of components in one epoch of cipher suite ${suite.id}`,
    input: { cipherSuite: suite.id },
    tests: [
      ...tests,
      ...again("again", tests[2], [0x8001, 0x8001]),
      ...again("after-neighbour", tests[3], [6, 7, 6]),
      ...again("after-all", tests[6], [0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x20]),
    ],
  };
}

function plain(scene: Scene): VectorGroup {
  const { suite, mark } = scene;
  const epochSecret = scene.random("epoch secret").bytes(32);
  const { exporterSecret } = epochSecretsOf(suite, epochSecret);
  const kinds: readonly (readonly [slug: string, label: string, context: Uint8Array, length: number])[] = [
    ["usual", "test", utf8("context"), 32],
    ["no-context", "test", noBytes, 32],
    ["no-label", "", utf8("context"), 32],
    ["short", "test", utf8("context"), 1],
    ["long", "test", utf8("context"), 255],
  ];
  return {
    operation: "exporter.export",
    comment: `Secrets of one epoch of cipher suite ${suite.id}`,
    input: { cipherSuite: suite.id, exporterSecret: hex(exporterSecret) },
    tests: kinds.map(([slug, label, context, length]) =>
      positive({
        id: `export-${mark}-${slug}`,
        comment: `${length} octets under the label "${label}"`,
        outcome: "valid",
        input: { label, context: hex(context), length },
        output: { secret: hex(exportFrom(suite, { exporterSecret }, label, context, length)) },
        view: { epochSecret: hex(epochSecret) },
      }),
    ),
  };
}
