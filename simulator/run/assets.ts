/** What a scenario says about assets, as the actors of a run need it. */
import { type AssetHosts, newAssetServer, stepAssetServer } from "../../spec-model/assets/index.ts";
import { type RunningActor, running } from "../running-actor.ts";
import type { Scenario, ServerSetting } from "../scenario/index.ts";

/** Every asset server of the cast; at the end it tells who has downloaded from it. */
export function assetActors({ assets = [] }: Scenario): readonly RunningActor[] {
  return assets.map(({ domain, redirects }) =>
    running(
      domain,
      newAssetServer(domain, redirects === undefined ? {} : { redirects }),
      stepAssetServer,
      ({ accesses, assets: kept }) => ({
        assets: Object.keys(kept).length,
        downloadedBy: accesses.map(({ from }) => from),
      }),
    ),
  );
}

/** As the diagrams show them. */
export function assetServers({ assets = [] }: Scenario): readonly ServerSetting[] {
  return assets;
}

/** Hubs are configured with the asset hosts of every provider of the cast. */
export function assetHosts({ assets = [] }: Scenario): AssetHosts {
  const providers = [...new Set(assets.map(({ provider }) => provider))];
  return Object.fromEntries(
    providers.map((provider) => [
      provider,
      assets.filter((each) => each.provider === provider).map(({ domain }) => domain),
    ]),
  );
}
