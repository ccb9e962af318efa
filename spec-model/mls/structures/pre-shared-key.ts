/** Pre-shared keys (RFC 9420 §8.4, mls-extensions §4.5). */
import { closedEnum, type Infer, opaque, struct, uint16, uint64, v } from "../../wire/index.ts";
import { ComponentID } from "./basics.ts";

export const PSKType = closedEnum("PSKType", 255, { external: 1, resumption: 2, application: 3 }).from(
  "RFC 9420 §8.4, mls-extensions §4.5",
  "where a pre-shared key comes from",
);

export const ResumptionPSKUsage = closedEnum("ResumptionPSKUsage", 255, {
  application: 1,
  reinit: 2,
  branch: 3,
}).from("RFC 9420 §8.4", "what a past epoch's key is used for");

export const PreSharedKeyID = struct("PreSharedKeyID", { psktype: PSKType })
  .select("psktype", {
    external: { psk_id: opaque(v) },
    resumption: { usage: ResumptionPSKUsage, psk_group_id: opaque(v), psk_epoch: uint64 },
    application: { component_id: ComponentID, psk_id: opaque(v) },
  })
  .followedBy({ psk_nonce: opaque(v).as("KDF.Nh fresh octets") })
  .from("RFC 9420 §8.4", "which pre-shared key enters the key schedule");
export type PreSharedKeyID = Infer<typeof PreSharedKeyID>;

export const PSKLabel = struct("PSKLabel", { id: PreSharedKeyID, index: uint16, count: uint16 }).from(
  "RFC 9420 §8.4",
  "binds a pre-shared key to its place among those of a commit",
);
