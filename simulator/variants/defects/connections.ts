/** Servers that show the wrong thing, or nothing, where connections begin. protocol-06 §4.1 */
import type { Defect } from "../variant.ts";

function shows(id: string, says: string, requirement: string, certificate: readonly string[]): Defect {
  return {
    kind: "defect",
    id,
    says,
    party: "follower",
    breaks: [requirement],
    alteration: { inPlace: (actor) => ({ ...actor, certificate }) },
  };
}

export const connectionDefects: readonly Defect[] = [
  shows("provider-shows-no-certificate", "shows no certificate", "protocol-4.1-mutual-tls", []),
  shows(
    "provider-shows-hosts-certificate",
    "shows the certificate of whoever hosts its server, which is for another domain",
    "protocol-4.1-certificates-name-domains",
    ["hosting.example"],
  ),
];
