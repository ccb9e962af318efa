/** What the machine of a consent knows and decides by. protocol-06 §5.7, §8 */
import { domainOfUri } from "../identifiers/index.ts";
import type { Scope } from "./scope.ts";

/** The domains of the two providers that a consent operation goes between. */
interface Ends {
  readonly sender: string;
  readonly own: string;
}

export interface ConsentPolicy {
  /**
   * Which of two decisions counts, one about any room and one about this room. The draft lets them coexist and does
   * not say. `mostSpecific`, the default: the one about this room, whenever it was made; `latest`: the later one.
   */
  readonly precedence: "mostSpecific" | "latest";
  /** Whether the requester's provider hears of revocations. Off by default: §5.7 calls them privacy sensitive. */
  readonly tellsRevocations: boolean;
}

export interface ConsentContext {
  readonly scope: Scope;
  readonly policy: Pick<ConsentPolicy, "tellsRevocations">;
  /** The number of the latest decision in the order the provider took them; 0: none yet. */
  readonly decided: number;
}

/** What the requester's provider says (request, cancel), and what the target decides (grant, revoke). */
export type ConsentEvent =
  /** `isDeniedForAnyRoom`: the target has revoked consent for any room, and this is about one. */
  | { readonly type: "request"; readonly isDeniedForAnyRoom: boolean }
  | { readonly type: "cancel" }
  | { readonly type: "grant"; readonly order: number }
  | { readonly type: "revoke"; readonly order: number };

export function tellsRevocations({ policy }: ConsentContext): boolean {
  return policy.tellsRevocations;
}

export function decisionNoted(context: ConsentContext, event: ConsentEvent): Partial<ConsentContext> {
  return "order" in event ? { decided: Math.max(context.decided, event.order) } : {};
}

/** Who may send a `request` or `cancel`: the requester's own provider, to the target's. §5.7 */
export function mayRequest(scope: Scope, domains: Ends): boolean {
  return domainOfUri(scope.requester) === domains.sender && domainOfUri(scope.target) === domains.own;
}

/** Who may send a `grant` or `revoke`: the target's own provider, to the requester's. §5.7 */
export function mayUpdate(scope: Scope, domains: Ends): boolean {
  return domainOfUri(scope.target) === domains.sender && domainOfUri(scope.requester) === domains.own;
}
