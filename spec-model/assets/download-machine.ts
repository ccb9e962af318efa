/** One download at a client: is it allowed, by which way, is it what the message promised? room-policy-04 §6.4, content-09 §4.5 */
import { setup } from "xstate";

export type DownloadWay = "direct" | "hubProxy" | "ohttp";

export interface DownloadContext {
  readonly way: DownloadWay;
}

export type DownloadEvent =
  /** `refusal` is the rule that stands against it; `hasKey` whether the gateway's key is known. */
  | { readonly type: "wanted"; readonly refusal: string | undefined; readonly hasKey: boolean }
  | { readonly type: "keyArrived"; readonly problem: string | undefined }
  /** `problem` is what is wrong with what came. */
  | { readonly type: "arrived"; readonly status: number; readonly problem: string | undefined };

type Args = { readonly context: DownloadContext; readonly event: DownloadEvent };

const report = {
  type: "report" as const,
  params: ({ event }: Args) => ({ problem: problemOf(event) }),
};

export const downloadMachine = setup({
  types: {
    context: {} as DownloadContext,
    events: {} as DownloadEvent,
    input: {} as DownloadContext,
  },
  guards: {
    isRefused: ({ event }) => event.type === "wanted" && event.refusal !== undefined,
    needsKey: ({ context, event }) => context.way === "ohttp" && event.type === "wanted" && !event.hasKey,
    isUnusable: ({ event }) => event.type !== "wanted" && event.problem !== undefined,
    isMissing: ({ event }) => event.type === "arrived" && event.status !== 200,
  },
  actions: {
    report: (_, _params: { problem: string }) => {},
    askForKey: () => {},
    askForAsset: () => {},
    open: () => {},
  },
}).createMachine({
  id: "download",
  context: ({ input }) => input,
  initial: "idle",
  states: {
    idle: {
      on: {
        wanted: [
          { guard: "isRefused", target: "refused", actions: report },
          { guard: "needsKey", target: "fetchingKey", actions: "askForKey" },
          { target: "fetching", actions: "askForAsset" },
        ],
      },
    },
    fetchingKey: {
      on: {
        keyArrived: [
          { guard: "isUnusable", target: "failed", actions: report },
          { target: "fetching", actions: "askForAsset" },
        ],
      },
    },
    fetching: {
      on: {
        arrived: [
          { guard: "isMissing", target: "failed", actions: report },
          { guard: "isUnusable", target: "failed", actions: report },
          { target: "opened", actions: "open" },
        ],
      },
    },
    opened: { type: "final" },
    refused: { type: "final" },
    failed: { type: "final" },
  },
});

function problemOf(event: DownloadEvent): string {
  if (event.type === "wanted") return event.refusal ?? "";
  if (event.type === "arrived" && event.status !== 200) return `status${event.status}`;
  return event.problem ?? "";
}
