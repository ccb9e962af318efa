/** Commits that change what components have, each with one fault. mls-extensions §4.7 and §4.8 */
import { utf8 } from "../../../spec-model/bytes.ts";
import type { Proposal } from "../../../spec-model/mls/index.ts";
import { topic, topicUpdate } from "./group.ts";
import { byValue, extensions, type Wrong } from "./handshake-fault.ts";
import {
  committed,
  type HandshakeGroup,
  poll,
  refusedData,
  resigned,
  subject,
  unknownComponent,
} from "./handshake-group.ts";
import { ephemeral, replaced, second, unchanged } from "./handshake-proposals.ts";

const update = (componentId: number, data: Uint8Array): Proposal => ({
  proposalType: "app_data_update",
  componentId,
  op: "update",
  update: data,
});

export function ofComponents(group: HandshakeGroup): Wrong[] {
  const updates = (
    slug: string,
    flag: string,
    op: string,
    rule: string,
    ...proposals: Proposal[]
  ): Wrong => ({
    parent: "update",
    slug,
    flag,
    path: "Commit.proposals.AppDataUpdate",
    op,
    message: committed(group, `update ${slug}`, proposals),
    requirements: extensions(rule),
  });
  const ephemerals = (slug: string, flag: string, op: string, ...proposals: Proposal[]): Wrong => ({
    parent: "ephemeral",
    slug,
    flag,
    path: "Commit.proposals.AppEphemeral",
    op,
    message: committed(group, `ephemeral ${slug}`, proposals),
    requirements: extensions("4.8-unknown-component"),
  });
  const data = (componentId: number, octets: Uint8Array): Proposal => ({
    proposalType: "app_ephemeral",
    componentId,
    data: octets,
  });
  const refusing = "4.7-refused-by-component";
  const removal: Proposal = { proposalType: "app_data_update", componentId: topic, op: "remove" };
  return [
    updates(
      "refused",
      "Refused",
      "a component calls its update invalid",
      refusing,
      topicUpdate("Chess"),
      update(subject, refusedData),
    ),
    updates(
      "refused-first",
      "Refused",
      "a component calls the first of its two updates invalid",
      refusing,
      update(topic, refusedData),
      topicUpdate("Chess"),
    ),
    updates(
      "unknown",
      "UnknownComponent",
      "an update is for a component that nobody knows",
      "4.7-unknown-component",
      topicUpdate("Chess"),
      update(unknownComponent, utf8("Chess")),
    ),
    updates(
      "of-ephemeral-component",
      "UnknownComponent",
      "an update is for a component that takes ephemeral data only",
      "4.7-unknown-component",
      update(poll, utf8("Chess")),
    ),
    {
      ...updates(
        "removed-and-updated",
        "List",
        "a component's data is removed and changed",
        "4.7-remove-alone",
        second,
      ),
      message: resigned(group, committed(group, "removal of data", [second]), () =>
        byValue(removal, topicUpdate("Chess")),
      ),
    },
    ephemerals(
      "unknown",
      "UnknownComponent",
      "the data is for a component that nobody knows",
      data(unknownComponent, utf8("?")),
    ),
    ephemerals("refused", "Refused", "the component calls the data invalid", data(poll, refusedData)),
    ephemerals(
      "refused-second",
      "Refused",
      "the component calls the second of its data invalid",
      ephemeral,
      data(poll, refusedData),
    ),
    ephemerals(
      "of-update-component",
      "UnknownComponent",
      "the data is for a component that takes updates only",
      data(subject, utf8("?")),
    ),
  ];
}

export function ofContext(group: HandshakeGroup): Wrong[] {
  const path = "GroupContextExtensions.extensions";
  const honest = committed(group, "context", [replaced(group, unchanged)]);
  const wrong = (
    slug: string,
    flag: string,
    where: string,
    op: string,
    rules: readonly string[],
    ...proposals: Proposal[]
  ): Wrong => ({
    parent: "context-extensions",
    slug,
    flag,
    path: where,
    op,
    message: resigned(group, honest, () => byValue(...proposals)),
    requirements: rules,
  });
  const rules = extensions("4.7-not-by-context-extensions");
  const dictionary = `${path}.app_data_dictionary`;
  return [
    wrong(
      "data",
      "Dictionary",
      dictionary,
      "a component's data is changed",
      rules,
      replaced(group, new Map([[topic, utf8("Chess")]])),
    ),
    wrong(
      "more-data",
      "Dictionary",
      dictionary,
      "a component's data is added",
      rules,
      replaced(group, new Map([...unchanged, [subject, utf8("Chess")]])),
    ),
    wrong(
      "no-data",
      "Dictionary",
      dictionary,
      "a component's data is dropped",
      rules,
      replaced(group, new Map()),
    ),
    wrong(
      "no-dictionary",
      "Dictionary",
      dictionary,
      "the dictionary is dropped",
      rules,
      replaced(group, undefined),
    ),
    wrong(
      "twice",
      "List",
      "Commit.proposals",
      "there are two GroupContextExtensions",
      [],
      replaced(group, unchanged),
      replaced(group, unchanged),
    ),
  ];
}
