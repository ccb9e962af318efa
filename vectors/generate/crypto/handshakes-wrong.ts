/** Proposals and commits with one fault each, all signed by who they are from unless that is the fault. RFC 9420 §12 */
import { hex } from "../../../spec-model/bytes.ts";
import { MLSMessage } from "../../../spec-model/mls/index.ts";
import type { VectorCase } from "../../format/case.ts";
import { negative } from "../cases.ts";
import type { Wrong } from "./handshake-fault.ts";
import type { HandshakeGroup } from "./handshake-group.ts";
import { forged } from "./handshakes-forged.ts";
import { ofComponents, ofContext } from "./handshakes-wrong-components.ts";
import { ofLeaving, ofOthers } from "./handshakes-wrong-lists.ts";

export function wrongHandshakes(
  group: HandshakeGroup,
  parents: ReadonlyMap<string, VectorCase>,
): VectorCase[] {
  const all = [
    ...ofComponents(group),
    ...ofContext(group),
    ...ofLeaving(group),
    ...ofOthers(group),
    ...forged(group),
  ];
  return faulty(all, parents);
}

export function faulty(all: readonly Wrong[], parents: ReadonlyMap<string, VectorCase>): VectorCase[] {
  return all.map(({ parent, message, change = {}, requirements, ...rest }) => {
    const made = parents.get(parent);
    if (made === undefined) throw new Error(`no case ${parent}`);
    return negative(made, {
      ...rest,
      outcome: "invalid",
      level: "MUST",
      ...(requirements === undefined ? {} : { requirements }),
      change: { message: hex(MLSMessage.encode(message)), ...change },
    });
  });
}
