/** What a hub fetches on others' behalf: assets of its peers and nothing else. protocol-06 §5.10.2 and §5.10.3 */
import { type AssetUrl, parseAssetUrl, type UrlProblem } from "./url.ts";
import { type AssetVariants, defaultAssetVariants } from "./variants.ts";

/** The hosts that providers keep assets on, by the provider's domain, as the hub is configured. */
export type AssetHosts = Readonly<Record<string, readonly string[]>>;

export type ProxyDecision =
  | { readonly allowed: true; readonly target: AssetUrl }
  | { readonly allowed: false; readonly rule: UrlProblem | "assetHost" };

/** Whether the hub fetches `url`: its own text, or where a redirect leads. */
export function proxyDecision(
  hosts: AssetHosts,
  url: string,
  { hostCheck }: Pick<AssetVariants, "hostCheck"> = defaultAssetVariants,
): ProxyDecision {
  const parsed = parseAssetUrl(url);
  if (!parsed.ok) return { allowed: false, rule: parsed.problem };
  const { host } = parsed.value;
  const fits = (known: string) => (hostCheck === "exactHost" ? host === known : host.endsWith(known));
  const isKnown = Object.values(hosts).some((all) => all.some(fits));
  return isKnown ? { allowed: true, target: parsed.value } : { allowed: false, rule: "assetHost" };
}
