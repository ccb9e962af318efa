/** Labels of components, signing and encrypting under them, and exported secrets. mls-extensions §4.1 to §4.4 */
import { hex } from "../../../../spec-model/bytes.ts";
import {
  componentLabel,
  epochSecretsOf,
  exporterTreeOf,
  exportFrom,
  HPKECiphertext,
  type Provider,
  safeDecrypt,
  safeExportFrom,
  safeVerify,
} from "../../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import { signContentOf } from "../../../format/sign-content.ts";
import type { Handler } from "../handler.ts";
import { listIn, octetsIn } from "../input.ts";
import { invalid, suiteIn, unlessRefused } from "./answers.ts";

export function componentHandlers(provider?: Provider): Readonly<Record<string, Handler>> {
  return {
    "component.label": (input) => {
      const label = componentLabel(operationIn(input));
      const signContent = signContentOf(label, octetsIn(input, "content"));
      return { outcome: "label", output: { operationLabel: hex(label), signContent: hex(signContent) } };
    },
    "component.verify": (input) => {
      const [publicKey, content, signature] = ["publicKey", "content", "signature"].map((name) =>
        octetsIn(input, name),
      ) as [Uint8Array, Uint8Array, Uint8Array];
      const suite = suiteIn(input, provider);
      const isGenuine = safeVerify(suite, publicKey, operationIn(input), content, signature);
      return isGenuine ? { outcome: "valid", output: {} } : invalid;
    },
    "component.open": (input) =>
      unlessRefused(() => {
        const sealed = HPKECiphertext.decode(octetsIn(input, "ciphertext"));
        const [privateKey, context] = [octetsIn(input, "privateKey"), octetsIn(input, "context")];
        const suite = suiteIn(input, provider);
        return { plaintext: hex(safeDecrypt(suite, privateKey, operationIn(input), context, sealed)) };
      }),
    "exporter.export": (input) => {
      const secrets = { exporterSecret: octetsIn(input, "exporterSecret") };
      const [label, context] = [String(input["label"]), octetsIn(input, "context")];
      const secret = exportFrom(suiteIn(input, provider), secrets, label, context, Number(input["length"]));
      return { outcome: "valid", output: { secret: hex(secret) } };
    },
    "exporter.safe-export": (input) => unlessRefused(() => safeExported(input, provider)),
  };
}

export function operationIn({ componentId, label }: JsonObject) {
  return { componentId: Number(componentId), label: String(label) };
}

function safeExported(input: JsonObject, provider: Provider | undefined): JsonObject {
  const suite = suiteIn(input, provider);
  const { applicationExportSecret } = epochSecretsOf(suite, octetsIn(input, "epochSecret"));
  let tree = exporterTreeOf(applicationExportSecret);
  const secrets = listIn<number>(input, "componentIds").map((componentId) => {
    const exported = safeExportFrom(suite, tree, componentId);
    tree = exported.tree;
    return hex(exported.secret);
  });
  return { applicationExportSecret: hex(applicationExportSecret), secrets };
}
