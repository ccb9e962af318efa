/** Whose the provider's own clients are: by its accounts, else by the client's name. protocol-06 §6.1, identity-05 §4 */
import { holderOfUri } from "../room/index.ts";
import type { ProviderTurn } from "./state.ts";

/** The user of an own client, by name or by pseudonym; empty where there is none. */
export function userOf({ state }: ProviderTurn, client: string): string {
  // A pseudonym of a client does not name its user, and is not meant to.
  const account = Object.values(state.accounts).find(({ clients }) => clients.includes(client));
  return account?.user ?? holderOfUri(client)?.user ?? "";
}
