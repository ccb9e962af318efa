/** The model behind the harness's protocol on standard input and output. */
import { createInterface } from "node:readline";
import type { CaseRequest } from "../../verify/protocol.ts";
import { answer, capabilities } from "./index.ts";

console.log(JSON.stringify(capabilities));
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as CaseRequest;
  console.log(JSON.stringify({ type: "answer", id: request.id, ...answer(request) }));
}
