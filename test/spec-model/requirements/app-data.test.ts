/** Rules of mls-extensions §4.7 about the dictionary in the GroupContext that the tests of MLS take for granted. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  commit,
  componentData,
  createGroup,
  dictionaryExtension,
  type Extension,
  type MemberState,
  type Proposal,
} from "../../../spec-model/mls/index.ts";
import {
  application as app,
  client,
  log,
  randomness,
  requiredCapabilities,
  topic,
  update,
} from "../mls/room-fixture.ts";

const random = randomness("app data");
const remove = (componentId: number): Proposal => ({
  proposalType: "app_data_update",
  componentId,
  op: "remove",
});

function groupWith(extensions: Extension[]): MemberState {
  return createGroup({ groupId: utf8("g"), extensions, creator: client("alice") }, app, random);
}

function committed(member: MemberState, proposals: readonly Proposal[]): MemberState {
  return commit(member, { proposals: [...proposals] }, app, random).state;
}

function dataIn({ groupContext }: MemberState, componentId: number): string | undefined {
  const data = componentData(groupContext.extensions, componentId);
  return data === undefined ? undefined : textOf(data);
}

const required = requiredCapabilities({ proposalTypes: ["app_data_update"] });

describe("an AppDataUpdate", () => {
  it("makes a dictionary behind the other extensions where there is none", () => {
    const { groupContext } = committed(groupWith([required]), [update(topic, "new")]);
    expect(groupContext.extensions.map(({ extensionType }) => extensionType)).toEqual([
      "required_capabilities",
      "app_data_dictionary",
    ]);
  });

  it("leaves the dictionary in its place where there is one", () => {
    const { groupContext } = committed(groupWith([dictionaryExtension(new Map()), required]), [
      update(topic, "new"),
    ]);
    expect(groupContext.extensions.map(({ extensionType }) => extensionType)).toEqual([
      "app_data_dictionary",
      "required_capabilities",
    ]);
  });

  it("that removes takes out its own component's entry and no other", () => {
    const both = groupWith([
      dictionaryExtension(
        new Map([
          [topic, utf8("t")],
          [log, utf8("l")],
        ]),
      ),
    ]);
    const left = committed(both, [remove(topic)]);
    expect([dataIn(left, topic), dataIn(left, log)]).toEqual([undefined, "l"]);
  });

  it("counts after a GroupContextExtensions of the same commit, wherever it stands in it", () => {
    const group = groupWith([dictionaryExtension(new Map([[topic, utf8("old")]]))]);
    const context: Proposal = {
      proposalType: "group_context_extensions",
      extensions: [...group.groupContext.extensions, required],
    };
    for (const proposals of [
      [update(topic, "new"), context],
      [context, update(topic, "new")],
    ]) {
      const made = committed(group, proposals);
      expect(dataIn(made, topic)).toBe("new");
      expect(made.groupContext.extensions).toHaveLength(2);
    }
  });

  it("reaches its component in the commit's order, whatever stands between (any order)", () => {
    const group = groupWith([required]);
    const changes = fc.array(
      fc.tuple(fc.constantFrom(topic, log), fc.string({ minLength: 1, maxLength: 3 })),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(changes, (list) => {
        const made = committed(
          group,
          list.map(([component, text]) => update(component, text)),
        );
        const of = (component: number) => list.flatMap(([each, text]) => (each === component ? [text] : []));
        expect(dataIn(made, topic)).toBe(of(topic).at(-1));
        expect(dataIn(made, log)).toBe(of(log).length === 0 ? undefined : of(log).join(""));
      }),
      { numRuns: 25 },
    );
  });
});
