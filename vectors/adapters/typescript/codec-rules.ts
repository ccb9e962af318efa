/** What lists and options decide by themselves, answered by the model. protocol-06 §5.5, mls-extensions §6.2, ratchet-tree-options-03 §3 */
import { hex } from "../../../spec-model/bytes.ts";
import { eventOfUpdate, FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import {
  componentIds,
  dictionaryExtension,
  type Extension,
  lackingMediaTypes,
  MediaType,
  RatchetTreeOption,
  treeOptionProblem,
  treeSourceDomains,
} from "../../../spec-model/mls/index.ts";
import { requestProblem } from "../../../spec-model/provider/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { HandshakeBundle } from "../../../spec-model/update/index.ts";
import type { JsonObject } from "../../format/case.ts";
import type { Answer } from "../../verify/protocol.ts";
import type { Handler } from "./handler.ts";
import { listIn, octetsIfAny, octetsIn } from "./input.ts";

const invalid: Answer = { outcome: "invalid" };

export const codecRuleHandlers: Readonly<Record<string, Handler>> = {
  "request.check": (input) => {
    const head = { host: String(input["host"]), from: String(input["from"]) };
    const problem = requestProblem(String(input["provider"]), listIn<string>(input, "certificate"), head);
    return problem === undefined ? { outcome: "accepted" } : { outcome: "refused", says: problem.text };
  },
  "tree-source.check": (input) => {
    const option = RatchetTreeOption.decode(octetsIn(input, "option"));
    const list = octetsIfAny(input, "domains");
    const domains = attempt(() => (list === undefined ? undefined : treeSourceDomains(list)));
    if (isRefused(domains)) return { ...invalid, says: domains.text };
    const privateHandshakes = input["privateHandshakes"] === true;
    const problem = treeOptionProblem(option, { domains, privateHandshakes });
    return problem === undefined ? { outcome: "valid", output: {} } : { ...invalid, says: problem };
  },
  "media-types.compare": (input) => {
    const lacking = attempt(() => {
      const leaf = { extensions: extensionsIn(input, "advertised") };
      return lackingMediaTypes(leaf, extensionsIn(input, "required"));
    });
    if (isRefused(lacking)) return { ...invalid, says: lacking.text };
    const output = { lacking: lacking.map((each) => hex(MediaType.encode(each))) };
    return { outcome: lacking.length === 0 ? "fits" : "lacks", output };
  },
  "handshake.fan-out": (input) => {
    const bundle = HandshakeBundle.decode(octetsIn(input, "bundle"));
    const event = eventOfUpdate(bundle, BigInt(String(input["timestamp"])));
    return { outcome: "fanned", output: { event: hex(FanoutMessage.encode(event)) } };
  },
};

function extensionsIn(input: JsonObject, member: string): Extension[] {
  const list = octetsIfAny(input, member);
  return list === undefined ? [] : [dictionaryExtension(new Map([[componentIds.content_media_types, list]]))];
}
