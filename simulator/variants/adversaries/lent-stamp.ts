/** A hub that lends its stamp to a client: what was never said is reported with a frank. protocol-06 §5.4.1, §5.9 */
import { AbuseReport } from "../../../spec-model/abuse/index.ts";
import { textMessage } from "../../../spec-model/content/index.ts";
import { frank, frankingTag } from "../../../spec-model/franking/index.ts";
import { domainOfUri } from "../../../spec-model/identifiers/index.ts";
import type { MlsLayer } from "../../../spec-model/mls/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import type { Company, Habit, HabitMoment } from "../alteration.ts";

/** A client of the company reports a message of its own making; whoever it reports gets it in the mouth. */
export function lendsItsStamp({ stateOf }: Company): Habit {
  let layer: MlsLayer | undefined;
  return {
    mls: (own) => {
      layer = own;
      return own;
    },
    gives: (outputs, moment) =>
      outputs.map((output) => {
        if (output.type !== "local" || output.message.type !== "ask") return output;
        const { operation, room, body } = output.message;
        const hub = stateOf(domainOfUri(room) ?? "") as Partial<ProviderState> | undefined;
        if (operation !== "reportAbuse" || layer === undefined || hub?.keys === undefined) return output;
        return {
          ...output,
          message: { ...output.message, body: forged(layer, hub.keys, room, body, moment) },
        };
      }),
  };
}

function forged(
  layer: MlsLayer,
  keys: ProviderState["keys"],
  room: string,
  body: Uint8Array,
  { now, random }: HabitMoment,
): Uint8Array {
  const report = attempt(() => AbuseReport.decode(body));
  if (isRefused(report)) return body;
  const { uri: sender } = report.allegedAbuserUri;
  const { content, encoded } = textMessage({ sender, room, salt: random }, "What nobody has said.");
  const context = { senderUri: { uri: sender }, roomUri: { uri: room }, acceptedTimestamp: BigInt(now) };
  const stamp = {
    suite: layer.suite(1),
    signaturePrivateKey: keys.franking.privateKey,
    hubKey: keys.hubKey,
  };
  const message = {
    messageContent: encoded,
    frank: frank(stamp, frankingTag(content.salt, encoded), context),
    acceptedTimestamp: context.acceptedTimestamp,
  };
  return AbuseReport.encode({ ...report, messages: [message] });
}
