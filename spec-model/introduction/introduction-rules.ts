/** What the machine of an introduction knows and decides by. */

/** A service on which the person can be reached, as a verified mapping has it. user-discovery R2, R4 */
export interface FoundService {
  readonly domain: string;
  readonly tags: readonly string[];
}

export interface IntroductionContext {
  /** A telephone number, an e-mail address or a handle. */
  readonly identifier: string;
  /** The room that the person is to be in. */
  readonly room: string;
  /** Only services that the person has tagged so; undefined: any. */
  readonly tag: string | undefined;
  /** Services still to be tried, the preferred one first. */
  readonly services: readonly string[];
  /** The person, once found. */
  readonly user: string | undefined;
}

export type IntroductionInput = Pick<IntroductionContext, "identifier" | "room" | "tag"> & {
  /** The service, where it is known. */
  readonly service: string | undefined;
};

export type IntroductionEvent =
  | { readonly type: "begin" }
  /** The services of all genuine mappings, in order; `isMapped`: whether there was a mapping at all. */
  | { readonly type: "discovered"; readonly isMapped: boolean; readonly services: readonly FoundService[] }
  | { readonly type: "found"; readonly code: string; readonly users: readonly string[] }
  | { readonly type: "requestAnswered"; readonly status: number }
  | { readonly type: "granted"; readonly isInRoom: boolean }
  | { readonly type: "revoked" }
  | { readonly type: "giveUp" }
  | { readonly type: "roomAnswered"; readonly status: number }
  | { readonly type: "claimed"; readonly userStatus: string }
  | { readonly type: "updateAnswered"; readonly code: string }
  /** Whatever was asked has had no answer that can be used. */
  | { readonly type: "failed"; readonly text: string };

export function servicesFor(
  { tag }: Pick<IntroductionContext, "tag">,
  found: readonly FoundService[],
): string[] {
  const wanted = found.filter(({ tags }) => tag === undefined || tags.includes(tag));
  return [...new Set(wanted.map(({ domain }) => domain))];
}

export function isKnownNowhere({ isMapped }: { readonly isMapped: boolean }): boolean {
  return !isMapped;
}

/** There are mappings, and they list no service: the person has chosen not to be found. R5 */
export function hasOptedOut({ services }: { readonly services: readonly FoundService[] }): boolean {
  return services.length === 0;
}

export function hasNoServiceFor(
  context: IntroductionContext,
  { services }: { readonly services: readonly FoundService[] },
): boolean {
  return servicesFor(context, services).length === 0;
}

/** Nobody there, or the provider does not say: an answer without a user. */
export function isNobody({
  code,
  users,
}: {
  readonly code: string;
  readonly users: readonly string[];
}): boolean {
  return code !== "success" || users.length === 0;
}

/** Whom to ask is for a person to choose. protocol-06 §5.8 */
export function areSeveral({ users }: { readonly users: readonly string[] }): boolean {
  return users.length > 1;
}

export function hasAnotherService({ services }: Pick<IntroductionContext, "services">): boolean {
  return services.length > 1;
}

export function hasMaterial({ userStatus }: { readonly userStatus: string }): boolean {
  return userStatus === "success" || userStatus === "partialSuccess";
}

export function lacksConsent({ userStatus }: { readonly userStatus: string }): boolean {
  return userStatus === "noConsent" || userStatus === "noConsentForThisRoom";
}
