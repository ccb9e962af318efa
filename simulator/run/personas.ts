/** Clients that go by pseudonyms: what their persona needs, out of a scenario and its random streams. protocol-06 §6 */
import { type CipherSuiteId, cipherSuite } from "../../spec-model/mls/index.ts";
import type { Persona } from "../../spec-model/participant/index.ts";
import type { RandomStream } from "../random/index.ts";
import type { ClientSetting, Scenario } from "../scenario/index.ts";

/** The persona of each pseudonymous client; undefined for the others. All of a scenario share one key for their links. */
export function personasOf(
  scenario: Scenario,
  suiteId: CipherSuiteId,
  random: RandomStream,
): (setting: ClientSetting) => Persona | undefined {
  const suite = cipherSuite(suiteId);
  const behind = scenario.clients.flatMap((each) => (each.behind === undefined ? [] : [each.behind]));
  if (behind.length === 0) return () => undefined;
  const keys = new Map(
    behind.map(({ client }) => [client, suite.signature.generateKeyPair(random.split(`keys/${client}`))]),
  );
  const linkKey = random.split("identity links").bytes(suite.aead.keyLength);
  const registered = [...keys].map(([uri, { publicKey: signatureKey }]) => ({ uri, signatureKey }));
  return (setting) => {
    const own = keys.get(setting.behind?.client ?? "");
    if (setting.behind === undefined || own === undefined) return undefined;
    const { client: realClient, link = "sealed" } = setting.behind;
    return { realClient, signaturePrivateKey: own.privateKey, linkKey, registered, link };
  };
}
