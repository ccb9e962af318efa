/** What a client has of assets: downloads under way, gateways' keys, and what it has opened. protocol-06 §5.10 */
import type { SnapshotFrom } from "xstate";
import type { downloadMachine, ResponseKeys } from "../assets/index.ts";
import type { ExternalPart } from "../content/index.ts";

export interface Download {
  readonly room: string;
  readonly sender: string;
  /** Hex. */
  readonly messageId: string;
  readonly part: ExternalPart;
  readonly machine: SnapshotFrom<typeof downloadMachine>;
  /** What an encapsulated response opens with. */
  readonly keys?: ResponseKeys;
}

export interface ClientAssets {
  readonly downloads: Readonly<Record<string, Download>>;
  /** Key configurations of hubs' gateways, by domain. */
  readonly gatewayKeys: Readonly<Record<string, Uint8Array>>;
  /** Contents of assets, by the message ID of the message that brought them. */
  readonly opened: Readonly<Record<string, Uint8Array>>;
}

export const noAssets: ClientAssets = { downloads: {}, gatewayKeys: {}, opened: {} };
