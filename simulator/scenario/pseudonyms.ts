/** Words about minimal-metadata rooms: people who go by pseudonyms. protocol-06 §6 */
import type { Outcome } from "./scenario.ts";
import { type Client, client, type Person, type Room } from "./story.ts";

/** A person under a pseudonym: a random UUID at the provider's domain. */
export interface Masked extends Person {
  readonly behind: Person;
}

export function masked(behind: Person, uuid: string): Masked {
  const [, , domain = ""] = behind.user.split("/");
  return { name: behind.name, user: `mimi://${domain}/p/${uuid}`, behind };
}

/** A client of a person under a pseudonym, with one of its own. */
export function maskedClient(label: string, of: Masked, uuid: string): Client {
  const [, , domain = ""] = of.user.split("/");
  const pseudonym = `mimi://${domain}/d/${uuid}`;
  const { client: realClient, user } = client(label, of.behind).setting;
  return client(label, of, { client: pseudonym, behind: { client: realClient, user } });
}

/** These are the people whom a client knows behind the pseudonyms in the room, in the order of the leaves. */
export function knows({ setting }: Client, { uri }: Room, ...people: readonly Masked[]): Outcome {
  const known = people.map(({ user, behind }) => ({ user, real: behind.user }));
  return { kind: "knows", client: setting.client, room: uri, people: known };
}
