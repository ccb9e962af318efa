import { expect, it } from "vitest";
import { contentOf } from "../../spec-model/contents.ts";
import {
  AppDataDictionary,
  ContentType,
  Extension,
  MLSMessage,
} from "../../spec-model/mls/structures/index.ts";
import {
  componentIds,
  ParticipantListData,
  ParticipantListUpdate,
} from "../../spec-model/room/structures/index.ts";
import { type Annotated, annotate, type Codec, nameOf, withContents } from "../../spec-model/wire/index.ts";
import { proposalMessage } from "./mls-messages.ts";
import { octets } from "./octets.ts";

const participants = [{ user: "mimi://a.example/u/alice", roleIndex: 3 }];
const dictionary = (data: Uint8Array) =>
  AppDataDictionary.encode({ componentData: [{ componentId: componentIds.participant_list, data }] });

function opened(codec: Codec<unknown>, bytes: Uint8Array): Annotated {
  return withContents(annotate(codec, bytes).tree, contentOf);
}

function all(part: Annotated): Annotated[] {
  return [part, ...part.children.flatMap(all)];
}

it("opens an extension, the dictionary in it and the component in that, at the right octets", () => {
  const extensionData = dictionary(ParticipantListData.encode({ participants }));
  const bytes = Extension.encode({ extensionType: "app_data_dictionary", extensionData });
  const parts = all(opened(Extension as Codec<unknown>, bytes));
  const role = parts.find(({ step }) => step === "role_index");
  expect(role?.value).toBe(3);
  expect(bytes.subarray(role?.offset, (role?.offset ?? 0) + 4)).toEqual(octets("00000003"));
});

it("opens the update in a proposal", () => {
  const update = ParticipantListUpdate.encode({
    changedRoleParticipants: [],
    removedIndices: [2],
    addedParticipants: [],
  });
  if (proposalMessage.wireFormat !== "mls_public_message") throw new Error("another message");
  const { publicMessage } = proposalMessage;
  const content = {
    ...publicMessage.content,
    contentType: "proposal" as const,
    proposal: {
      proposalType: "app_data_update" as const,
      componentId: componentIds.participant_list,
      op: "update" as const,
      update,
    },
  };
  const message: MLSMessage = { ...proposalMessage, publicMessage: { ...publicMessage, content } };
  const parts = all(opened(MLSMessage as Codec<unknown>, MLSMessage.encode(message)));
  expect(parts.some(({ codec }) => nameOf(codec.shape) === "ParticipantListUpdate")).toBe(true);
  expect(parts.find(({ step }) => step === "removedIndices")?.value).toEqual([2]);
});

it("leaves what is not of the known structure a byte string", () => {
  const bytes = dictionary(octets("ff"));
  const data = all(opened(AppDataDictionary as Codec<unknown>, bytes)).find(({ step }) => step === "data");
  expect(data?.children).toEqual([]);
});

it("leaves a tree without byte strings as it is", () => {
  const tree = annotate(ContentType as Codec<unknown>, octets("01")).tree;
  expect(withContents(tree, contentOf)).toEqual(tree);
});
