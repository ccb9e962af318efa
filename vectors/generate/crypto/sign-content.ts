/** Cases about what a signature covers, made from cases whose signature is verified. RFC 9420 §5.1.2 */
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import { structureNamed } from "../../../spec-model/structures.ts";
import type { VectorCase } from "../../format/case.ts";
import { signContentOf } from "../../format/sign-content.ts";
import { positive } from "../cases.ts";

/** What the signature in the case's `bytes`, a `structure`, covers. */
export function contentCase(
  signed: VectorCase,
  structure: string,
  requirements: readonly string[],
): VectorCase {
  const [codec, covered] = [structureNamed(structure)?.codec, structureNamed(`${structure}TBS`)?.codec];
  const bytes = fromHex(String(signed.input["bytes"]));
  if (codec === undefined || covered === undefined || bytes === undefined) throw new Error(structure);
  const tbs = covered.encode(codec.decode(bytes));
  return positive({
    id: `${signed.id}-content`,
    comment: `what the signature of ${signed.id} covers`,
    requirements,
    outcome: "content",
    input: { bytes: hex(bytes) },
    output: { tbs: hex(tbs), signContent: hex(signContentOf(`${structure}TBS`, tbs)) },
  });
}
