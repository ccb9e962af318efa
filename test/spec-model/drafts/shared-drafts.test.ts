/** What is found in the drafts beside the repository: in all forms the same, and what docs/check-report.md says. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkReport, findingsInShared } from "../../../cli/checking/check-report.ts";
import { normativeSentences, type Resolve, readDraft } from "../../../spec-model/drafts/index.ts";
import { missingShared, sharedFolder } from "../../shared-folder.ts";

const shared = sharedFolder();
const read: Resolve = (path) => {
  const full = `${shared}/drafts/${path}`;
  return existsSync(full) ? readFileSync(full) : undefined;
};

describe.skipIf(!shared)(`the drafts beside the repository (${shared ? "present" : missingShared})`, () => {
  it("have the findings that the report lists", () => {
    const page = readFileSync(new URL("../../../docs/check-report.md", import.meta.url), "utf8");
    expect(checkReport(read)).toBe(page);
  });

  it("have figures that differ from the model's run where docs/figures.md says so", () => {
    const told = findingsInShared("draft-ietf-mimi-protocol-06.md", read).filter(
      ({ rule }) => rule === "figure-model-run",
    );
    expect(told.map(({ message, section }) => `${section.slice(0, 3)} ${message}`)).toEqual([
      "3.2 in the model's run, ClientA2 gets messages, too",
      "3.2 the model's run has no answer 200 from ServerB to ServerA: it has answer 201 there",
      "3.5 the model's run has a /notify from ServerA to ServerB, which is not drawn",
      "3.5 in the model's run, ClientA1, ClientA2, ClientB2 get messages, too",
      "3.6 the model's run has no /notify from ServerA to ServerB",
      "3.6 the model's run has no message from ServerB to ClientB*",
    ]);
  });

  it.each([
    ["draft-ietf-mimi-protocol-06", ["md", "xml", "txt"]],
    ["draft-ietf-mimi-room-policy-03", ["md", "xml"]],
  ])("%s has the same findings in all forms", (name, forms) => {
    const [first, ...others] = forms.map((form) =>
      findingsInShared(`${name}.${form}`, read)
        .map(({ rule, token, also }) => `${rule} ${token} ${rule === "http-status" ? "" : also.length}`)
        .toSorted(),
    );
    for (const other of others) expect(other).toEqual(first);
  });

  it("have the same normative sentences in all forms", () => {
    const fingerprints = ["md", "xml", "txt"].map((form) => {
      const file = `draft-ietf-mimi-protocol-06.${form}`;
      return normativeSentences(readDraft({ file, bytes: readFileSync(`${shared}/drafts/${file}`) })).map(
        ({ fingerprint }) => fingerprint,
      );
    });
    expect(fingerprints[1]).toEqual(fingerprints[0]);
    expect(fingerprints[2]).toEqual(fingerprints[0]);
    expect(fingerprints[0]?.length).toBeGreaterThan(30);
  });

  it("lead to no finding in RFC 9420", () => {
    expect(findingsInShared("rfc9420.md", read)).toEqual([]);
  });

  it.each([
    // Contradictions that people have noted in the drafts, by the rule that finds each.
    ["draft-ietf-mimi-protocol-06.md", "json-syntax", "proxyDownload"],
    ["draft-ietf-mimi-protocol-06.md", "http-template", "update"],
    ["draft-ietf-mimi-protocol-06.md", "tls-select-field", "room.protocol"],
    ["draft-ietf-mimi-protocol-06.md", "http-variable", "targetDomain"],
    ["draft-ietf-mimi-protocol-06.md", "http-status", "201 Accepted"],
    ["draft-ietf-mimi-protocol-06.md", "tls-case-foreign", "success"],
    ["draft-ietf-mimi-protocol-06.md", "http-endpoint", "/submit"],
    ["draft-ietf-mimi-protocol-06.md", "tls-tbs-drift", "joiningCode"],
    ["draft-ietf-mimi-protocol-06.md", "registry-unknown-name", "franking_agent"],
    ["draft-ietf-mimi-protocol-06.md", "tls-missing-length", "signature_public_key"],
    ["draft-ietf-mimi-protocol-06.md", "tls-enum-described", "success"],
    ["draft-ietf-mimi-protocol-06.md", "tls-call-comma", "KeyMaterialRequestTBS"],
    ["draft-ietf-mimi-room-policy-03.md", "registry-unknown-name", "canUnban"],
    ["draft-ietf-mimi-room-policy-03.md", "tls-undefined-type", "unit64"],
    ["draft-ietf-mimi-room-policy-03.md", "tls-comment", "*/"],
    ["draft-ietf-mimi-room-policy-03.md", "role-unknown", "speaker"],
    ["draft-ietf-mimi-content-08.md", "cddl-drift", "ExternalPart"],
    ["draft-ietf-mimi-content-08.md", "example-character", "U+2764"],
    ["draft-ietf-mimi-content-08.md", "example-bytes", "bytes(32)"],
    ["draft-mahy-mimi-identity-05.md", "json-twice", "hasInstantMessage"],
    ["draft-mahy-mls-ratchet-tree-options-03.md", "tls-case-foreign", "httpsUrl"],
    ["draft-mahy-mls-semiprivatemessage-07.md", "tls-undefined-type", "ExternalReceiverRef"],
  ])("%s: %s at %s", (file, rule, token) => {
    expect(findingsInShared(file, read).map((each) => `${each.rule} ${each.token}`)).toContain(
      `${rule} ${token}`,
    );
  });
});
