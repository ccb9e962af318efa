/** Ways to have a ratchet tree, held against the group's source domains. ratchet-tree-options-03 §3 and §3.1 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { DomainList, RatchetTreeOption } from "../../../spec-model/mls/index.ts";
import type { Level, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

const listedDomain = "ratchet-tree-options-3.1-listed-domain";
const service = "ratchet-tree-options-3-distribution-service";

const optionOf = (option: RatchetTreeOption) => hex(RatchetTreeOption.encode(option));
const at = (url: string) =>
  optionOf({ representation: "httpsUri", ratchetTreeUrl: utf8(url), treeSignature: noBytes });
const listOf = (...domains: string[]) =>
  hex(DomainList.encode({ domains: domains.map((domain) => ({ domain: utf8(domain) })) }));
const listed = listOf("trees.a.example", "B.example");
const usual = "https://trees.a.example/1";

export function treeSourceGroups(): VectorGroup[] {
  const tests = valid();
  const [parent] = tests;
  const service = tests.find(({ id }) => id.endsWith("distribution-service"));
  return [
    {
      operation: "tree-source.check",
      comment: "Trees behind URLs and at the distribution service",
      input: {},
      tests: [
        ...tests,
        ...(parent === undefined ? [] : elsewhere(parent)),
        ...(service === undefined ? [] : [unreadable(service)]),
      ],
    },
  ];
}

function valid(): VectorCase[] {
  const urls = [
    ["usual", "a URL at a listed domain", usual],
    ["second", "a URL at the second listed domain, in lower case", "https://b.example/trees/1"],
    ["capitals", "a URL at a listed domain in capitals", "https://TREES.A.example/1"],
    ["no-path", "a URL without a path", "https://trees.a.example"],
    ["query", "a URL with a query and no path", "https://trees.a.example?tree=1"],
  ] as const;
  const right = (slug: string, comment: string, rule: string, input: VectorCase["input"]) =>
    positive({
      id: `tree-source-${slug}`,
      comment,
      requirements: rule === "" ? [] : [rule],
      outcome: "valid",
      input: { privateHandshakes: false, ...input },
    });
  return [
    ...urls.map(([slug, comment, url]) => ({
      ...right(slug, comment, listedDomain, { option: at(url), domains: listed }),
      view: { url },
    })),
    right("anywhere", "a URL where the group has named no domains", listedDomain, { option: at(usual) }),
    right("private", "a URL in a group with handshakes in PrivateMessages", listedDomain, {
      option: at(usual),
      domains: listed,
      privateHandshakes: true,
    }),
    right("distribution-service", "the distribution service, which reads all handshakes", service, {
      option: optionOf({ representation: "distributionService" }),
    }),
    right("out-of-band", "a tree that comes in another way", "", {
      option: optionOf({ representation: "outOfBand", treeSignature: noBytes }),
      domains: listed,
    }),
  ];
}

function elsewhere(parent: VectorCase): VectorCase[] {
  const urls: readonly (readonly [slug: string, flag: string, op: string, url: string, level?: Level])[] = [
    ["http", "Scheme", "the URL is an http URL", "http://trees.a.example/1"],
    ["no-scheme", "Scheme", "the URL has no scheme", "trees.a.example/1"],
    ["empty", "Scheme", "the URL is empty", ""],
    ["other", "Domain", "the host is not listed", "https://evil.example/1"],
    ["parent", "Domain", "the host is the domain above a listed one", "https://a.example/1"],
    ["below", "Domain", "the host is a domain below a listed one", "https://more.trees.a.example/1"],
    [
      "longer",
      "Domain",
      "the host's first label is longer than the listed one",
      "https://eviltrees.a.example/1",
    ],
    ["prefix", "Domain", "the host only begins like a listed one", "https://trees.a.example.evil.example/1"],
    [
      "user",
      "Domain",
      "a listed domain is the user of another host",
      "https://trees.a.example@evil.example/1",
    ],
    ["in-path", "Domain", "a listed domain is in the path only", "https://evil.example/trees.a.example"],
    ["in-query", "Domain", "a listed domain is in the query only", "https://evil.example?trees.a.example"],
    // That a port makes another source is our reading: the draft speaks of domains.
    ["port", "Domain", "the host is listed, and the port another", "https://trees.a.example:444/1", "SHOULD"],
  ];
  return [
    ...urls.map(([slug, flag, op, url, level = "MUST"]) => ({
      ...negative(parent, {
        slug,
        flag,
        path: "RatchetTreeOption.ratchet_tree_url",
        op,
        outcome: "invalid",
        level,
        change: { option: at(url) },
      }),
      view: { url },
    })),
    negative(parent, {
      slug: "no-domains",
      flag: "Nothing",
      path: "DomainList.domains",
      op: "the list of domains is empty",
      outcome: "invalid",
      requirements: ["ratchet-tree-options-3.1-domains-not-empty"],
      change: { domains: listOf() },
    }),
    negative(parent, {
      slug: "other-list",
      flag: "Domain",
      path: "DomainList.domains",
      op: "the group lists other domains",
      outcome: "invalid",
      change: { domains: listOf("b.example", "c.example") },
    }),
  ];
}

function unreadable(parent: VectorCase): VectorCase {
  return negative(parent, {
    slug: "private",
    flag: "Private",
    path: "RatchetTreeOption.representation",
    op: "the distribution service cannot read all handshakes",
    outcome: "invalid",
    change: { privateHandshakes: true },
  });
}
