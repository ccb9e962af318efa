/**
 * Handshakes that RFC 9420 refuses, as a hub and a joiner see them: the vectors of the MLS working group have right ones
 * only.
 */
import type { VectorGroup } from "../../../format/case.ts";
import { foundHandshakeGroup, inputOf, knownComponents } from "../handshake-group.ts";
import { valid } from "../handshakes.ts";
import { faulty } from "../handshakes-wrong.ts";
import type { Scene } from "../keys.ts";
import { externalCommits, wrongExternalCommits } from "./external-commits.ts";
import { paths, wrongPaths } from "./paths.ts";
import { proposals, wrongProposals } from "./proposals.ts";
import { updates, wrongUpdates } from "./updates.ts";

export function mlsHandshakeGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.map((scene) => {
    const group = foundHandshakeGroup(scene);
    const kinds = [updates, externalCommits, paths, proposals].flatMap((make) => make(group));
    const right = kinds.map(
      (kind) => [kind.slug, valid(group, `mls-${scene.mark}-${kind.slug}`, kind)] as const,
    );
    const wrong = [wrongUpdates, wrongExternalCommits, wrongPaths, wrongProposals].flatMap((make) =>
      make(group),
    );
    return {
      operation: "group.follow",
      comment: `Handshakes in a group of cipher suite ${scene.suite.id}`,
      input: { cipherSuite: scene.suite.id, ...knownComponents, ...inputOf(group) },
      tests: [...right.map(([, each]) => each), ...faulty(wrong, new Map(right))],
    };
  });
}
