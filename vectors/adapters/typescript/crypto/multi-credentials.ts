/** Leaves with credentials made of several, and pre-shared keys. mls-extensions §4.5 and §6.5, RFC 9420 §8.4 */
import { concat, equalBytes, hex } from "../../../../spec-model/bytes.ts";
import {
  Capabilities,
  Credential,
  expandWithLabel,
  type MlsApplication,
  multiCredentialProblem,
  PreSharedKeyID,
  type Provider,
  PSKLabel,
  pskSecret,
} from "../../../../spec-model/mls/index.ts";
import type { Json, JsonObject } from "../../../format/case.ts";
import type { Answer } from "../../../verify/protocol.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIn, octetsOf } from "../input.ts";
import { invalid, suiteIn } from "./answers.ts";

export function multiCredentialHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    "multi-credential.verify": (input) => judged(input, provider),
    "psk.secret": (input) => ({ outcome: "secret", output: pskOutput(input, provider) }),
  };
}

function judged(input: JsonObject, provider: Provider | undefined): Answer {
  const leaf = {
    credential: Credential.decode(octetsIn(input, "credential")),
    signatureKey: octetsIn(input, "signatureKey"),
  };
  const members = listIn<string>(input, "members").map((each) => Capabilities.decode(octetsOf(each)));
  const own = members[Number(input["own"])];
  if (own === undefined) throw new Error("own names no member");
  const problem = multiCredentialProblem(leaf, members, own, applicationOf(input, provider));
  return problem === undefined ? { outcome: "valid", output: {} } : { ...invalid, says: problem };
}

function applicationOf(input: JsonObject, provider: Provider | undefined): MlsApplication {
  const vouched = listIn<JsonObject>(input, "vouched").map(({ credential = "", key = "" }) =>
    hex(concat(octetsOf(credential), octetsOf(key))),
  );
  return {
    ...(provider && { provider }),
    validateCredential: (credential, key) =>
      vouched.includes(hex(concat(Credential.encode(credential), key)))
        ? undefined
        : { refused: "the Authentication Service does not vouch for it" },
  };
}

function pskOutput(input: JsonObject, provider: Provider | undefined): Record<string, Json> {
  const suite = suiteIn(input, provider);
  const given = listIn<JsonObject>(input, "psks").map(({ id = "", psk = "" }) => ({
    octets: octetsOf(id),
    id: PreSharedKeyID.decode(octetsOf(id)),
    psk: octetsOf(psk),
  }));
  const labels = given.map(({ id }, index) => PSKLabel.encode({ id, index, count: given.length }));
  const inputs = given.map(({ psk }, index) => {
    const extracted = suite.kdf.extract(new Uint8Array(suite.hashLength), psk);
    return expandWithLabel(suite, extracted, "derived psk", labels[index] ?? psk, suite.hashLength);
  });
  const secret = pskSecret(
    suite,
    given.map(({ id }) => id),
    (id) => given.find(({ octets }) => equalBytes(octets, PreSharedKeyID.encode(id)))?.psk,
  );
  return { labels: labels.map(hex), inputs: inputs.map(hex), secret: hex(secret) };
}
