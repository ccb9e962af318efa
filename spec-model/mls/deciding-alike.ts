/**
 * Which applications decide alike, so that what the core has found out for one holds for another. An application is
 * known by the functions it is made of; one that is made anew for each step profits where it shares them.
 */
import type { MlsApplication } from "./application.ts";
import type { LeafNode } from "./structures/index.ts";

/** Whether both decide alike but for the time, which only lifetimes depend on: see `isAlive`. */
export function decidesAlike(one: MlsApplication, other: MlsApplication): boolean {
  return (
    one === other ||
    (one.components === other.components &&
      one.ephemeralComponents === other.ephemeralComponents &&
      one.validateCredential === other.validateCredential &&
      one.validateExternalSender === other.validateExternalSender &&
      one.validateSuccessor === other.validateSuccessor &&
      one.maximumLifetime === other.maximumLifetime)
  );
}

/** Whether the time, as far as the application knows it, is within the leaf's lifetime. RFC 9420 §7.3 */
export function isAlive(leaf: LeafNode, app: MlsApplication): boolean {
  if (leaf.leafNodeSource !== "key_package" || app.now === undefined) return true;
  return leaf.lifetime.notBefore <= app.now && app.now <= leaf.lifetime.notAfter;
}
