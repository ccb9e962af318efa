import fc from "fast-check";
import { mimiContent } from "./spec-model/content/arbitraries.ts";
import { acceptedByCbor2, acceptedByCborg, hasOtherExtensions, hasShape } from "./spec-model/content/oracles.ts";
import { ContentError, decodeContent, encodeContent } from "../spec-model/content/index.ts";
import { hex } from "../spec-model/bytes.ts";
let n = 0, acc = 0, reenc = 0; const t = Date.now(); let s = 12345;
const rnd = () => ((s = (Math.imul(s, 1664525) + 1013904223) >>> 0) >>> 7);
const seeds = fc.sample(mimiContent, { numRuns: 2000, seed: 7 }).map(encodeContent);
while (Date.now() - t < 90_000) {
  const base = seeds[rnd() % seeds.length]!; const b = base.slice();
  for (let k = 0; k <= rnd() % 3; k++) { const at = rnd() % b.length; b[at] = rnd() % 3 ? rnd() & 255 : b[at]! ^ (1 << (rnd() & 7)); }
  n++; let ours = false;
  try { const c = decodeContent(b); ours = true; acc++; if (hex(encodeContent(c)) !== hex(b)) { reenc++; console.log("REENC", hex(b)); } } catch (e) { if (!(e instanceof ContentError)) { console.log("CRASH", hex(b), e); } }
  const r = acceptedByCbor2(b);
  if (ours && !r) console.log("ONLY OURS", hex(b).slice(0, 1400));
  if (!ours && r && !hasOtherExtensions(r.value) && hasShape(r.value) && acceptedByCborg(b)) console.log("ONLY THEIRS", hex(b).slice(0, 400));
}
console.log({ n, acc, reenc });
