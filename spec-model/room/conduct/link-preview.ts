/** Links and their previews. room-policy-04 §6.3 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { RoomPolicy } from "../policy-facts.ts";

/** What a client does with a link, and whether it makes a preview of it through the proxy. */
export interface LinkConduct {
  readonly does: "detect" | "sendPreview" | "makePreview";
  /** Whether it does so, or leaves it. */
  readonly done: boolean;
  readonly throughProxy?: boolean;
}

export function decideLinkPreview({ linkPreview }: Partial<RoomPolicy>, conduct: LinkConduct): Decision {
  if (linkPreview === undefined) return allowed;
  const rule = {
    detect: linkPreview.autodetectHyperlinksInText,
    sendPreview: linkPreview.sendLinkPreviews,
    makePreview: linkPreview.automaticLinkPreviews,
  }[conduct.does];
  if (rule === (conduct.done ? "forbidden" : "required")) {
    return refuse("link-preview-allowed", `${conduct.does} is ${rule}`);
  }
  if (!conduct.done || conduct.does === "detect" || conduct.throughProxy === undefined) return allowed;
  const proxy = linkPreview.linkPreviewProxyUse;
  if (proxy !== (conduct.throughProxy ? "forbidden" : "required")) return allowed;
  return refuse("link-preview-allowed", `the proxy for previews is ${proxy}`);
}
