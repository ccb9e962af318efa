/** What users have granted each other before a run begins, where the scenario is not about introductions. */
import type { Scope } from "../../spec-model/consent/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import type { Scenario } from "../scenario/index.ts";

/** Everybody in the cast has granted everybody else consent for any room; those that `domain` keeps. protocol-06 §5.7 */
export function acquainted(scenario: Scenario, domain: string): Scope[] {
  const users = [...new Set(scenario.clients.map(({ user }) => user))];
  const own = users.filter((user) => domainOfUri(user) === domain);
  return own.flatMap((target) =>
    users.filter((user) => user !== target).map((requester) => ({ requester, target, room: undefined })),
  );
}
