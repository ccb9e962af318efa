/** Requirements on who sends what to whom, that only the trace of a whole run shows. */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { TraceEvent } from "../../../simulator/trace/index.ts";
import { fromHex, hex, noBytes } from "../../../spec-model/bytes.ts";
import { ConsentEntry } from "../../../spec-model/consent/index.ts";
import { NotifyBody } from "../../../spec-model/fan-out/index.ts";
import { domainOfUri } from "../../../spec-model/identifiers/index.ts";
import { cipherSuite, cipherSuiteIds, members } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import { newProvider, type ProviderState } from "../../../spec-model/provider/index.ts";
import { pseudonymousCredentialType } from "../../../spec-model/pseudonyms/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { holderOf, participantsIn } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";

type Sent = TraceEvent<"send">;

/** The messages of a scenario, and every provider's state at every rest. */
function played(name: string) {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const states: ProviderState[] = [];
  const clients: ClientState[] = [];
  const { trace, holds } = run(scenario, {
    seed: 1,
    keepBodies: true,
    atRest: (actors) => {
      for (const actor of actors) {
        const state = actor.state() as Partial<ProviderState> | ClientState;
        if ("rooms" in state) clients.push(state as ClientState);
        else if ("hosted" in state) states.push(state as ProviderState);
      }
    },
  });
  expect(holds).toBe(true);
  const sends = trace.events.filter((event): event is Sent => event.type === "send");
  const requests = (...operations: string[]) =>
    sends.filter(({ kind, operation }) => kind === "request" && operations.includes(operation ?? ""));
  const answers = (request: Sent) => sends.filter(({ inReplyTo }) => inReplyTo === request.id);
  return { sends, requests, answers, states, clients };
}

const bodyOf = ({ body }: Sent) => fromHex(body ?? "") ?? noBytes;
const clubhouse = played("clubhouse");

describe("operations on consent", () => {
  it("go from one user's provider to the other's, and through no third", () => {
    const sent = played("consent-revoked").requests("requestConsent", "updateConsent");
    expect(sent).not.toEqual([]);
    for (const event of sent) {
      const { requesterUri, targetUri } = ConsentEntry.decode(bodyOf(event));
      const both = [requesterUri.uri, targetUri.uri].map(domainOfUri);
      expect([event.from, event.to].sort()).toEqual(both.sort());
    }
  });
});

describe("a commit", () => {
  it("comes with the GroupInfo of the epoch that it begins, as its committer signed it", () => {
    const bundles = clubhouse.requests("update").map((event) => UpdateRequest.decode(bodyOf(event)).bundle);
    const epochs = bundles.flatMap(({ proposalOrCommit: message, groupInfoOption: option }) => {
      if (message.wireFormat !== "mls_public_message") return [];
      const { epoch, contentType, sender } = message.publicMessage.content;
      if (contentType !== "commit") return [];
      const info = option?.representation === "full" ? option.groupInfo : undefined;
      // Who comes in by itself signs from the leaf that it takes.
      const byCommitter = sender.senderType !== "member" || info?.signer === sender.leafIndex;
      return [[epoch + 1n, info?.groupContext.epoch, byCommitter]];
    });
    expect(epochs).not.toEqual([]);
    for (const [begins, told, byCommitter] of epochs) {
      expect(told).toBe(begins);
      expect(byCommitter).toBe(true);
    }
  });
});

describe("a change of the participant list", () => {
  it("travels as an AppDataUpdate in an update, and only so", () => {
    const proposals = clubhouse.requests("update").flatMap((event) => {
      const { proposalOrCommit, moreProposals } = UpdateRequest.decode(bodyOf(event)).bundle;
      return [proposalOrCommit, ...(moreProposals ?? [])].flatMap((message) => {
        if (message.wireFormat !== "mls_public_message") return [];
        const { content } = message.publicMessage;
        if (content.contentType === "proposal") return [content.proposal];
        if (content.contentType !== "commit") return [];
        return content.commit.proposals.flatMap((each) => (each.type === "proposal" ? [each.proposal] : []));
      });
    });
    const changes = proposals.filter(
      (each) => each.proposalType === "app_data_update" && each.componentId === componentIds.participant_list,
    );
    expect(changes).not.toEqual([]);
    expect(proposals.map(({ proposalType }) => proposalType)).not.toContain("group_context_extensions");
  });
});

describe("a message", () => {
  it("has the hub's accepted timestamp at every client that shows it", () => {
    const accepted = new Set(
      clubhouse
        .requests("notify")
        .flatMap((event) => NotifyBody.decode(bodyOf(event)))
        .flatMap((item) => ("frank" in item ? [Number(item.timestamp)] : [])),
    );
    const shown = new Map<string, Set<number>>();
    for (const { rooms } of clubhouse.clients) {
      for (const { messageId, acceptedTimestamp } of Object.values(rooms).flatMap(
        ({ messages }) => messages,
      )) {
        shown.set(messageId, (shown.get(messageId) ?? new Set()).add(acceptedTimestamp));
      }
    }
    expect(shown.size).toBe(accepted.size);
    for (const [id, times] of shown) {
      expect(times.size, id).toBe(1);
      for (const time of times) expect(accepted, id).toContain(time);
    }
  });
});

describe("a SelfRemove that is pending", () => {
  it("is given along with the GroupInfo, so that whoever joins covers it", () => {
    const covered = played("self-remove")
      .requests("update")
      .map((event) => UpdateRequest.decode(bodyOf(event)).bundle.proposalOrCommit)
      .flatMap((message) =>
        message.wireFormat === "mls_public_message" ? [message.publicMessage.content] : [],
      )
      .filter(({ sender }) => sender.senderType === "new_member_commit")
      .flatMap((content) => (content.contentType === "commit" ? [content.commit.proposals] : []))
      .map((proposals) => proposals.filter(({ type }) => type === "reference").length);
    expect(covered).toEqual([1, 0]);
  });
});

describe("a frank", () => {
  it("names the cipher suite that the group has", () => {
    const franks = clubhouse
      .requests("notify")
      .flatMap((event) => NotifyBody.decode(bodyOf(event)))
      .flatMap((item) => ("frank" in item && item.frank !== undefined ? [item.frank] : []));
    const suites = clubhouse.states
      .flatMap(({ hosted }) => Object.values(hosted))
      .map(({ group }) => group.groupContext.cipherSuite);
    expect(franks).not.toEqual([]);
    expect(new Set(franks.map((frank) => frank.frankingSignatureCiphersuite))).toEqual(new Set(suites));
  });

  it("is made under a key that never leaves the hub", () => {
    const secrets = new Set(clubhouse.states.map(({ keys }) => hex(keys.hubKey)));
    const octets = clubhouse.sends.map(({ body }) => body ?? "").join("|");
    expect(octets.length).toBeGreaterThan(10_000);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThanOrEqual(64);
      expect(octets).not.toContain(secret);
    }
  });

  it.each(cipherSuiteIds)("is signed with a key for the group's signature algorithm (suite %i)", (id) => {
    const suite = cipherSuite(id);
    const { keys } = newProvider("a.example", suite, expandEntropy(noBytes, "franking key"));
    const { privateKey, publicKey } = keys.franking;
    const content = Uint8Array.of(1);
    const signature = suite.signature.sign(privateKey, content);
    expect(suite.signature.verify(publicKey, content, signature)).toBe(true);
  });
});

describe("an abuse report", () => {
  const { requests, answers } = played("abuse-report");
  const reports = requests("reportAbuse");

  it("goes to the room's hub and to nobody else", () => {
    expect(reports).not.toEqual([]);
    for (const { path, to } of reports) {
      expect(domainOfUri(decodeURIComponent(/mimi(?::|%3A).*$/i.exec(path ?? "")?.[0] ?? ""))).toBe(to);
    }
  });

  it("is answered by a status and no body", () => {
    const answered = reports.flatMap(answers);
    expect(answered).toHaveLength(reports.length);
    for (const { size } of answered) expect(size).toBe(0);
  });
});

describe("a request to the proxy", () => {
  it("tells the asset's URL, but neither the room nor who asks", () => {
    const { requests, sends } = played("asset-download");
    const asked = requests("proxyDownload");
    expect(asked).not.toEqual([]);
    expect(sends.length).toBeGreaterThan(asked.length);
    for (const { path, size } of asked) {
      const told = decodeURIComponent(path ?? "");
      expect(told).toContain("https://");
      expect(told).not.toContain("mimi://");
      expect(size).toBe(0);
    }
  });
});

describe("a minimal-metadata room", () => {
  const rooms = played("minimal-metadata").states.flatMap(({ hosted }) => Object.values(hosted));
  const leavesIn = ({ group }: (typeof rooms)[number]) => members(group.tree).map(({ leafNode }) => leafNode);

  it("has a PseudonymousCredential in every leaf", () => {
    const types = rooms.flatMap(leavesIn).map(({ credential }) => credential.credentialType);
    expect(types.length).toBeGreaterThan(1);
    expect(new Set(types)).toEqual(new Set([pseudonymousCredentialType]));
  });

  // Three users, of whom one comes with a second client in the end: four leaves, three pseudonyms.
  it("lists each user once, under the pseudonym that all the user's clients have", () => {
    expect(rooms).not.toEqual([]);
    for (const room of rooms) {
      const listed = participantsIn(room.group.groupContext).map(({ user }) => user);
      const named = leavesIn(room).map(({ credential }) => holderOf(credential)?.user ?? "nobody");
      expect(new Set(listed).size).toBe(listed.length);
      expect(new Set(named).size).toBe(Math.min(named.length, 3));
      for (const user of named) expect(listed).toContain(user);
    }
    expect(Math.max(...rooms.map((room) => leavesIn(room).length))).toBe(4);
  });
});
