/** A server that keeps assets, as a scenario sets it. protocol-06 §5.10 */
import type { ServerSetting } from "./introduction-setting.ts";

/** A server that keeps a provider's assets; its domain is the host of their URLs. */
export interface AssetServer extends ServerSetting {
  /** The domain of the provider whose it is. */
  readonly provider: string;
  /** Paths that lead elsewhere, with the URL. */
  readonly redirects?: Readonly<Record<string, string>>;
}
