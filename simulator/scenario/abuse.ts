/** Words about abusive messages. protocol-06 §5.9 */
import type { Moment, Outcome } from "./scenario.ts";
import type { Client, Person, Provider, Room } from "./story.ts";

/** The client's user reports a person's latest message to the room's hub. */
export function reports(
  { setting }: Client,
  { name, user }: Person,
  { uri }: Room,
  as: { readonly note?: string; readonly anonymous?: boolean } = {},
): Moment {
  const unnamed = as.anonymous === true ? " without giving a name" : "";
  return {
    actor: setting.client,
    says: `${setting.label} reports the latest message of ${name}${unnamed}`,
    intention: { type: "reportAbuse", room: uri, of: { latestOf: user }, ...as },
  };
}

/** A hub franks with another secret from now on. */
export function changesHubKey({ setting }: Provider): Moment {
  const says = `${setting.label} changes its hub_key`;
  return { actor: setting.domain, says, intention: { type: "rotateHubKey" } };
}

/** A hub signs franks with another key from now on, in the groups that name it. */
export function changesFrankingKey({ setting }: Provider): Moment {
  const says = `${setting.label} has a new franking key`;
  return { actor: setting.domain, says, intention: { type: "rotateFrankingKey" } };
}

/** The room's group names the newest of its hub's franking keys. */
export function frankedWithNewest({ uri }: Room): Outcome {
  return { kind: "franking", room: uri, key: "newest key" };
}

/** The reports that the hub has counted, in order: who reports (if named), whom, and how many messages are proven. */
export function reportsAtHub(
  { uri }: Room,
  ...counted: readonly (readonly [reporter: Person | undefined, alleged: Person, messages: number])[]
): Outcome {
  const all = counted.map(([reporter, { user }, messages]) => ({
    reporter: reporter?.user ?? "",
    alleged: user,
    messages,
  }));
  return { kind: "reports", room: uri, reports: all };
}
