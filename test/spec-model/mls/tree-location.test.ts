/** Where trees may be had from. ratchet-tree-options-03 §3 */
import { describe, expect, it } from "vitest";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  DomainList,
  type RatchetTreeOption,
  type TreeSources,
  treeOptionProblem,
  treeSourceDomains,
} from "../../../spec-model/mls/index.ts";

const anywhere: TreeSources = { domains: undefined, privateHandshakes: false };
const at = (url: string): RatchetTreeOption => ({
  representation: "httpsUri",
  ratchetTreeUrl: utf8(url),
  treeSignature: noBytes,
});
const listOf = (...domains: string[]) =>
  DomainList.encode({ domains: domains.map((domain) => ({ domain: utf8(domain) })) });

describe("a tree behind a URL", () => {
  it("is fetched by https and in no other way", () => {
    expect(treeOptionProblem(at("https://trees.a.example/1"), anywhere)).toBeUndefined();
    for (const url of ["http://trees.a.example/1", "ftp://trees.a.example/1", "trees.a.example/1", ""]) {
      expect(treeOptionProblem(at(url), anywhere), url).toContain("no https URL");
    }
  });

  it("is fetched from the group's source domains only, where it has named some", () => {
    const sources = { ...anywhere, domains: treeSourceDomains(listOf("trees.a.example", "B.example")) };
    for (const url of ["https://trees.a.example/1", "https://TREES.A.example", "https://b.example/?x"]) {
      expect(treeOptionProblem(at(url), sources), url).toBeUndefined();
    }
    for (const url of [
      "https://a.example/1",
      "https://more.trees.a.example/1",
      "https://eviltrees.a.example/1",
      "https://trees.a.example.evil.example/1",
      "https://trees.a.example@evil.example/1",
      "https://evil.example/trees.a.example",
      "https://trees.a.example:444/1",
      "https://evil.example?trees.a.example",
    ]) {
      expect(treeOptionProblem(at(url), sources), url).toBeDefined();
    }
  });
});

it("a list of source domains has at least one", () => {
  expect(treeSourceDomains(listOf("a.example"))).toEqual(["a.example"]);
  expect(() => treeSourceDomains(listOf())).toThrow(expect.objectContaining({ code: "malformed" }));
});

it("a tree that the distribution service keeps is for groups without handshakes in PrivateMessages", () => {
  const option: RatchetTreeOption = { representation: "distributionService" };
  expect(treeOptionProblem(option, anywhere)).toBeUndefined();
  expect(treeOptionProblem(option, { ...anywhere, privateHandshakes: true })).toBeDefined();
});
