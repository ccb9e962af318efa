/** An abuse report out of what a client has kept with the messages. protocol-06 §5.9 */
import type { Evidence } from "../franking/index.ts";
import type { AbuseReport } from "./structures.ts";

export interface Complaint {
  /** The reporter's user URI; undefined to stay unnamed. */
  readonly reporter: string | undefined;
  readonly alleged: string;
  readonly note: string;
  /** No message is needed. */
  readonly evidence: readonly Evidence[];
  /** AbuseType's number; the draft has no values yet. */
  readonly reason?: number;
}

export function composeReport({ reporter, alleged, note, evidence, reason = 1 }: Complaint): AbuseReport {
  return {
    reportingUser: { uri: reporter ?? "" },
    allegedAbuserUri: { uri: alleged },
    reasonCode: reason,
    note,
    messages: evidence.map(({ applicationData, frank, context }) => ({
      messageContent: applicationData,
      frank,
      acceptedTimestamp: context.acceptedTimestamp,
    })),
    abuseExtensions: { componentData: [] },
  };
}
