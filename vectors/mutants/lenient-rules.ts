/** Those who look at tree sources and media types in a hurry. mls-extensions §6.2, ratchet-tree-options-03 §3 */
import { hex, textOf } from "../../spec-model/bytes.ts";
import { DomainList, MediaType, MediaTypeList, RatchetTreeOption } from "../../spec-model/mls/index.ts";
import { sourceOf } from "../../spec-model/provider/index.ts";
import { codecRuleHandlers } from "../adapters/typescript/codec-rules.ts";
import { octetsIfAny, octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";

export interface RuleMutant {
  readonly id: string;
  readonly says: string;
  readonly operation: "tree-source.check" | "media-types.compare" | "request.check";
  /** The outcome that it comes to. */
  readonly outcome: (input: JsonObject) => string;
}

/** Judges a URL otherwise, and has the rest right. */
function source(
  slug: string,
  says: string,
  takes: (url: string, domains: readonly string[]) => boolean,
): RuleMutant {
  return {
    id: `tree source ${slug}`,
    says,
    operation: "tree-source.check",
    outcome(input) {
      const option = RatchetTreeOption.decode(octetsIn(input, "option"));
      const domains = domainsIn(input);
      if (option.representation !== "httpsUri" || domains?.length === 0)
        return right("tree-source.check", input);
      const url = textOf(option.ratchetTreeUrl) ?? "";
      return takes(url, domains ?? [""]) ? "valid" : "invalid";
    },
  };
}

/** Believes something that it should look at, and looks at the rest. */
function believes(slug: string, says: string, input: (input: JsonObject) => JsonObject): RuleMutant {
  return {
    id: `requests ${slug}`,
    says,
    operation: "request.check",
    outcome: (given) => right("request.check", { ...given, ...input(given) }),
  };
}

const sourceIn = ({ from }: JsonObject) => sourceOf(String(from)) ?? "";

export const ruleMutants: readonly RuleMutant[] = [
  believes("of whoever says so", "believes From, whatever the certificate says", (input) => ({
    certificate: [sourceIn(input)],
  })),
  believes("without a certificate", "takes requests where the other end has shown nothing", (input) =>
    (input["certificate"] as readonly string[]).length === 0 ? { certificate: [sourceIn(input)] } : {},
  ),
  believes("of subdomains", "takes a certificate for every domain below its own", (input) => ({
    certificate: (input["certificate"] as readonly string[]).flatMap((name) =>
      sourceIn(input).endsWith(`.${name}`) ? [sourceIn(input)] : [name],
    ),
  })),
  believes("by any wildcard", "has a wildcard stand for any number of labels", (input) => ({
    certificate: (input["certificate"] as readonly string[]).flatMap((name) =>
      name.startsWith("*.") && sourceIn(input).endsWith(name.slice(1)) ? [sourceIn(input)] : [name],
    ),
  })),
  believes("for anybody", "does not ask which provider a request is for", ({ provider }) => ({
    host: provider ?? "",
  })),
  believes("from any mailbox", "takes every address at a domain for the provider's", ({ from }) => ({
    from: `mimi@${String(from).split("@").at(-1)?.replace(">", "")}`,
  })),
  source("by the end of a host", "takes every host that ends like a listed domain", (url, domains) => {
    const host = urlOf(url)?.host ?? "";
    return isHttps(url) && domains.some((domain) => host.endsWith(domain));
  }),
  source(
    "by the beginning of a URL",
    "takes every URL that begins like one at a listed domain",
    (url, domains) => domains.some((domain) => url.toLowerCase().startsWith(`https://${domain}`)),
  ),
  source(
    "by a domain anywhere",
    "looks for a listed domain anywhere in the URL",
    (url, domains) => isHttps(url) && domains.some((domain) => url.toLowerCase().includes(domain)),
  ),
  source("by a part of a domain", "takes every host that is a part of a listed domain", (url, domains) => {
    const host = urlOf(url)?.host;
    return isHttps(url) && host !== undefined && domains.some((domain) => domain.includes(host));
  }),
  source(
    "at any port",
    "compares host names and no ports",
    (url, domains) =>
      isHttps(url) && domains.some((domain) => domain === "" || urlOf(url)?.hostname === domain),
  ),
  source("at any host", "takes every https URL", (url) => isHttps(url)),
  source("by any scheme", "does not look at the scheme", (url, domains) => {
    const host = urlOf(url)?.host ?? urlOf(`https://${url}`)?.host ?? "";
    return domains.some((domain) => domain === "" || host === domain);
  }),
  source("of no URL", "takes an empty URL for a tree that comes along", (url) => url === ""),
  {
    id: "tree source without a list",
    says: "takes an empty list of domains for none",
    operation: "tree-source.check",
    outcome(input) {
      const { domains: _, ...rest } = input;
      return right("tree-source.check", domainsIn(input)?.length === 0 ? rest : input);
    },
  },
  {
    id: "tree source that reads everything",
    says: "leaves trees to the distribution service in every group",
    operation: "tree-source.check",
    outcome: (input) => right("tree-source.check", { ...input, privateHandshakes: false }),
  },
  {
    id: "media types without parameters",
    says: "compares media types and no parameters",
    operation: "media-types.compare",
    outcome: (input) => compared(input, ({ type }) => [{ type, parameters: [] }]),
  },
  {
    id: "media types without values of parameters",
    says: "compares the names of parameters and no values",
    operation: "media-types.compare",
    outcome: (input) =>
      compared(input, ({ type, parameters }) => [
        { type, parameters: parameters.map((each) => ({ ...each, parameterValue: new Uint8Array() })) },
      ]),
  },
  {
    id: "media types by their beginning",
    says: "takes a type for another that it begins like",
    operation: "media-types.compare",
    outcome: (input) =>
      compared(input, ({ type, parameters }) => [
        { type: type.subarray(0, "application/mimi".length), parameters },
      ]),
  },
  {
    id: "media types with the first in common",
    says: "compares the first required type",
    operation: "media-types.compare",
    outcome: (input) => right("media-types.compare", { ...input, required: firstOf(input) }),
  },
  {
    id: "media types of which one is enough",
    says: "lets in who has any of the required types, or says nothing",
    operation: "media-types.compare",
    outcome(input) {
      if (right("media-types.compare", input) === "invalid") return "invalid";
      const [wanted, own] = ["required", "advertised"].map((member) => typesIn(input, member));
      if (own === undefined || wanted === undefined) return "fits";
      return wanted.some((each) => own.includes(each)) ? "fits" : "lacks";
    },
  },
  {
    id: "media types that nobody has looked at",
    says: "never refuses a list: what is in it is compared, empty or not",
    operation: "media-types.compare",
    outcome(input) {
      const [wanted, own = []] = ["required", "advertised"].map((member) => typesIn(input, member));
      return (wanted ?? []).every((each) => own.includes(each)) ? "fits" : "lacks";
    },
  },
  {
    id: "media types that nobody knows",
    says: "lets in who advertises none of the required types, since types may be added later",
    operation: "media-types.compare",
    outcome(input) {
      if (right("media-types.compare", input) === "invalid") return "invalid";
      const [wanted, own = []] = ["required", "advertised"].map((member) => typesIn(input, member));
      return (wanted ?? []).some((each) => own.includes(each)) ? right("media-types.compare", input) : "fits";
    },
  },
];

function right(operation: RuleMutant["operation"], input: JsonObject): string {
  return codecRuleHandlers[operation]?.(input).outcome ?? "unsupported";
}

function domainsIn(input: JsonObject): string[] | undefined {
  const list = octetsIfAny(input, "domains");
  return list && DomainList.decode(list).domains.map(({ domain }) => (textOf(domain) ?? "").toLowerCase());
}

function isHttps(url: string): boolean {
  return urlOf(url)?.protocol === "https:";
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function typesIn(input: JsonObject, member: string): string[] | undefined {
  const list = octetsIfAny(input, member);
  return list && MediaTypeList.decode(list).mediaTypeList.map((each) => hex(MediaType.encode(each)));
}

function firstOf(input: JsonObject): string {
  const { mediaTypeList } = MediaTypeList.decode(octetsIn(input, "required"));
  return hex(MediaTypeList.encode({ mediaTypeList: mediaTypeList.slice(0, 1) }));
}

/** What comes out where both lists are read in another way. */
function compared(input: JsonObject, read: (type: MediaType) => MediaType[]): string {
  const changed = ["required", "advertised"].flatMap((member) => {
    const list = octetsIfAny(input, member);
    if (list === undefined) return [];
    const mediaTypeList = MediaTypeList.decode(list).mediaTypeList.flatMap(read);
    return [[member, hex(MediaTypeList.encode({ mediaTypeList }))] as const];
  });
  return right("media-types.compare", { ...input, ...Object.fromEntries(changed) });
}
