/** What Alice commits and others propose, in the cases of readings. */
import type { Author, Change, PolicyState } from "../../../../spec-model/room/index.ts";
import type { WrittenRequest } from "../../../format/policy-request.ts";
import { authorIn } from "../people.ts";

export const hub: Author = { kind: "provider", domain: "a.example", claims: [] };
export const otherProvider: Author = { kind: "provider", domain: "b.example", claims: [] };

export function committing(state: PolicyState, ...changes: readonly Change[]): WrittenRequest {
  const author = authorIn(state, "alice");
  return { kind: "commit", author, proposals: [{ author, changes }] };
}

export function proposing(author: Author, ...changes: readonly Change[]): WrittenRequest {
  return { kind: "proposals", pending: [], proposals: [{ reference: "00", author, changes }] };
}

export function change(component: number): Change {
  return { kind: "changeComponent", component, op: "update" };
}
