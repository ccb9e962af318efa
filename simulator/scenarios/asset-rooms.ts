/** Rooms that say where their assets lie. room-policy-04 §6.4 */
import { AssetPolicy, componentIds } from "../../spec-model/room/structures/index.ts";
import type { AssetServer, RoomSetup } from "../scenario/index.ts";
import { withRules } from "./setups.ts";

/** The room's policy for assets: every provider's users upload to the own provider's server. room-policy-04 §6.4 */
export function uploadingLocally(
  setup: RoomSetup,
  servers: readonly AssetServer[],
  changes: Partial<AssetPolicy> = {},
): RoomSetup {
  const policy = AssetPolicy.encode({
    assetUploadLocation: "localProvider",
    uploadDomains: servers.map(({ domain, provider }) => ({
      provider: { domain: provider },
      assetUploadDestinations: [{ domain }],
    })),
    downloadPrivacy: {
      allowedDownloadTypes: ["direct", "hubProxy", "ohttp"],
      forbiddenDownloadTypes: [],
      defaultDownloadType: "ohttp",
    },
    maxImage: 1_000_000n,
    maxAudio: 1_000_000n,
    maxVideo: 10_000_000n,
    maxAttachment: 1_000_000n,
    forbiddenMediaTypes: [],
    permittedMediaTypes: undefined,
    ...changes,
  });
  const listed = withRules(setup, {
    policyComponentIds: [componentIds.roles_list, componentIds.asset_policy],
  });
  return { ...listed, components: [...(listed.components ?? []), [componentIds.asset_policy, policy]] };
}
