/** Requests between providers by their heads and by the certificate at the other end. protocol-06 §4.1 */
import type { JsonObject, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

const usual = { certificate: ["b.example"], host: "a.example", from: "mimi@b.example" };
const [named, port] = ["protocol-4.1-providers-named", "protocol-4.1-host-port-ignored"];

export function requestGroups(): VectorGroup[] {
  const right = (slug: string, comment: string, change: JsonObject, requirement = named) =>
    positive({
      ...{ id: `request-${slug}`, comment, outcome: "accepted", requirements: [requirement] },
      input: { ...usual, ...change },
    });
  const parent = right("usual", "from b.example, for a.example", {});
  const wrong = (slug: string, flag: "Peer" | "Head", path: string, op: string, change: JsonObject) =>
    negative(parent, {
      ...{ slug, flag, path, op, outcome: "refused", change },
      requirements: [path === "Host" ? "protocol-4.1-host-names-target" : named],
    });
  return [
    {
      operation: "request.check",
      comment: "Requests that a.example gets",
      input: { provider: "a.example" },
      tests: [
        parent,
        right(
          "port",
          "Host with a port, which says nothing of the provider",
          { host: "a.example:8443" },
          port,
        ),
        right("several-names", "a certificate for several domains", {
          certificate: ["c.example", "b.example"],
        }),
        right("case", "a certificate in capitals: domains have no case", { certificate: ["B.Example"] }),
        right("wildcard", "a wildcard for one label", {
          ...{ certificate: ["*.b.example"], from: "mimi@chat.b.example" },
        }),
        wrong("no-certificate", "Peer", "certificate", "there is no certificate", { certificate: [] }),
        wrong("other-certificate", "Peer", "certificate", "a certificate of another provider", {
          certificate: ["c.example"],
        }),
        wrong("parent-certificate", "Peer", "certificate", "a certificate of a domain above", {
          ...{ certificate: ["b.example"], from: "mimi@chat.b.example" },
        }),
        wrong("deep-wildcard", "Peer", "certificate", "a wildcard that would stand for two labels", {
          ...{ certificate: ["*.b.example"], from: "mimi@eu.chat.b.example" },
        }),
        wrong("other-host", "Head", "Host", "the request is for another provider", { host: "c.example" }),
        wrong("other-port-host", "Head", "Host", "another provider, with a port", { host: "c.example:443" }),
        wrong("other-mailbox", "Head", "From", "another mailbox at the provider", {
          from: "postmaster@b.example",
        }),
        wrong("display-name", "Head", "From", "a display name around the address", {
          from: "MIMI <mimi@b.example>",
        }),
      ],
    },
  ];
}
