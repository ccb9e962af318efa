/** Where a ratchet tree may be had from, as the group agrees (ratchet-tree-options-03 §3). */
import { textOf } from "../bytes.ts";
import { decoded, demand, present } from "./errors.ts";
import { DomainList, type RatchetTreeOption } from "./structures/index.ts";

/** What decides about a tree that is not sent along. */
export interface TreeSources {
  /** The content of ratchet_tree_source_domains in the GroupContext; undefined where there is none. */
  readonly domains: readonly string[] | undefined;
  /** Whether any handshake of the group is a PrivateMessage, which the distribution service cannot follow. */
  readonly privateHandshakes: boolean;
}

/** The domains that a group's trees may be fetched from. Refuses an empty list (`malformed`). §3.1 */
export function treeSourceDomains(extensionData: Uint8Array): string[] {
  const { domains } = decoded(DomainList, extensionData);
  demand(domains.length > 0, "malformed", "a list of source domains that is empty");
  return domains.map(({ domain }) =>
    present(textOf(domain), "malformed", "a domain that is not UTF-8").toLowerCase(),
  );
}

/** Why the tree cannot be had in the way that the option says; undefined where it can. §3 and §3.1 */
export function treeOptionProblem(option: RatchetTreeOption, sources: TreeSources): string | undefined {
  if (option.representation === "distributionService") {
    return sources.privateHandshakes ? "the distribution service cannot read all handshakes" : undefined;
  }
  if (option.representation !== "httpsUri") return undefined;
  const url = textOf(option.ratchetTreeUrl) ?? "";
  const host = httpsHost.exec(url)?.[1]?.toLowerCase();
  if (host === undefined) return `${url} is no https URL`;
  if (sources.domains === undefined || sources.domains.includes(host)) return undefined;
  return `${host} is not among the group's source domains`;
}

/** Without user and port, so that no two parsers see different hosts. */
const httpsHost = /^https:\/\/([a-z0-9.-]+)(?:[/?]|$)/i;
