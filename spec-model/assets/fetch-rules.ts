/** What a hub knows of one download, and the questions it decides by. protocol-06 §5.10.2 */
import { type AssetHosts, proxyDecision } from "./proxy-rule.ts";
import type { AssetVariants } from "./variants.ts";

export interface FetchInput {
  /** As it was asked for; after a redirect, where that leads. */
  readonly url: string;
  readonly hosts: AssetHosts;
  readonly variants: AssetVariants;
}

export interface FetchContext extends FetchInput {
  /** How many redirects have been followed. */
  readonly hops: number;
}

export type FetchEvent =
  | { readonly type: "asked"; readonly isCached: boolean }
  /** The asset server's answer; `location` where it is a redirect. */
  | {
      readonly type: "upstream";
      readonly status: number;
      readonly size: number;
      readonly location: string | undefined;
    }
  | { readonly type: "unanswered" };

/** More than an asset of any kind needs; the draft has no limit. */
export const mostOctets = 100_000_000;
const mostHops = 3;

export function isForbidden({ hosts, variants }: FetchContext, url: string): boolean {
  return !proxyDecision(hosts, url, variants).allowed;
}

export function isRedirect(event: FetchEvent): boolean {
  return event.type === "upstream" && event.status >= 300 && event.status < 400;
}

export function mayFollow(context: FetchContext, event: FetchEvent): boolean {
  if (event.type !== "upstream" || !isRedirect(event) || event.location === undefined) return false;
  if (context.variants.redirects === "refuse" || context.hops >= mostHops) return false;
  return context.variants.redirects === "follow" || !isForbidden(context, event.location);
}

export function followed(context: FetchContext, event: FetchEvent): Partial<FetchContext> {
  if (event.type !== "upstream" || event.location === undefined) return {};
  return { url: event.location, hops: context.hops + 1 };
}

export function isTooLarge(event: FetchEvent): boolean {
  return event.type === "upstream" && event.size > mostOctets;
}

/** The name of what stands against it: a problem with the URL, `redirect` or `tooLarge`. */
export function refusedBy(context: FetchContext, event: FetchEvent): string {
  if (isRedirect(event)) return "redirect";
  if (isTooLarge(event)) return "tooLarge";
  const decision = proxyDecision(context.hosts, context.url, context.variants);
  return decision.allowed ? "" : decision.rule;
}
