/** Mistakes about the formats of handshakes: what followers could read that they are not to. protocol-06 §5.3 */
import type { MlsLayer } from "../../../spec-model/mls/index.ts";
import type { Defect } from "../variant.ts";

export const formatDefects: readonly Defect[] = [
  {
    kind: "defect",
    id: "client-sends-in-the-open",
    says: "sends its handshakes as PublicMessages where the room has agreed on SemiPrivateMessages",
    party: "client",
    breaks: ["room-policy-7-handshake-formats", "protocol-5.3-semi-private-hides"],
    alteration: { habit: () => ({ mls: sendingInTheOpen }) },
  },
];

function sendingInTheOpen(layer: MlsLayer): MlsLayer {
  const wireFormat = "mls_public_message" as const;
  return {
    ...layer,
    commit: (member, options, ...rest) => layer.commit(member, { ...options, wireFormat }, ...rest),
    propose: (member, proposal, options, ...rest) =>
      layer.propose(member, proposal, { ...options, wireFormat }, ...rest),
  };
}
