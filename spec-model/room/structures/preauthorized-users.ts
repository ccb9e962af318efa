/** Users who may take up a role by what their credentials say. room-policy-04 §4 */
import { CredentialType } from "../../mls/structures/index.ts";
import { alias, type Infer, opaque, struct, v, vector } from "../../wire/index.ts";
import { Role } from "./roles.ts";

export const ClaimId = struct("ClaimId", {
  credential_type: CredentialType,
  id: opaque(v).as("an X.509 OID in DER, the name of a JWT claim, or a CWT claim key in CBOR"),
}).from("room-policy-04 §4", "which claim of a credential is looked at");
export type ClaimId = Infer<typeof ClaimId>;

export const Claim = struct("Claim", { claim_id: ClaimId, claim_value: opaque(v).as("has to match exactly") })
  .from("room-policy-04 §4", "a claim that a credential has to make")
  .decided({
    question: "which octets of a credential claim_value is compared with",
    reading: "left open: the model compares octets and does not look into credentials",
    reason: "the draft has this section marked for refactoring",
    alternatives: ["the DER, JSON or CBOR encoding of the claim's value"],
  });
export type Claim = Infer<typeof Claim>;

export const PreAuthRoleEntry = struct("PreAuthRoleEntry", {
  claimset: vector(Claim).as("all of them have to match"),
  target_role: Role,
})
  .from("room-policy-04 §4", "who makes all these claims may take up this role")
  .decided({
    question: "a comment of two lines ends on the first and begins its second with `*/`",
    reading: "one comment of two lines",
    reason: "nothing else can be meant",
    alternatives: [],
  })
  .decided({
    question: "target_role is a whole Role, while everything else refers to roles by role_index",
    reading: "a whole Role",
    reason: "the syntax is sound and says so, here and in appendix B",
    alternatives: ["uint32 target_role_index, the index of a role in roles_list"],
  });
export type PreAuthRoleEntry = Infer<typeof PreAuthRoleEntry>;

export const PreAuthData = struct("PreAuthData", {
  preauthorized_entries: vector(PreAuthRoleEntry).as("the first that matches counts"),
}).from("room-policy-04 §4", "the content of the preauth_list component");
export type PreAuthData = Infer<typeof PreAuthData>;

export const PreAuthUpdate = alias("PreAuthUpdate", PreAuthData).from(
  "room-policy-04 §4",
  "an AppDataUpdate of preauth_list: replaces all entries",
);
