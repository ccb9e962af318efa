import { describe, expect, it } from "vitest";
import { structureNamed, structures } from "../../../spec-model/structures.ts";
import {
  bool,
  bounded,
  type Codec,
  opaque,
  optional,
  presentation,
  vector,
} from "../../../spec-model/wire/index.ts";

function written(name: string): string {
  const structure = structureNamed(name);
  if (structure === undefined) throw new Error(`no ${name}`);
  return presentation(structure.codec, name);
}

describe("the presentation language", () => {
  it("writes a structure with meanings as comments", () => {
    expect(written("UserRolePair")).toBe(
      "struct {\n  opaque user<V>; /* a MIMI user URI */\n  uint32 role_index; /* of a role in roles_list */\n} UserRolePair;\n",
    );
  });

  it("writes optional fields, fixed sizes and vectors of named types", () => {
    expect(written("Role")).toContain("  CapabilityType role_capabilities<V>;\n");
    expect(written("Role")).toContain("  optional<uint32> maximum_participants_constraint;\n");
    expect(written("Frank")).toContain("  opaque server_frank[32]; ");
    expect(written("AssetPolicy")).toContain("  optional<MediaType<V>> permitted_media_types; ");
    expect(written("KeyMaterialRequest")).toContain("    SignaturePublicKey requesterSignatureKey;\n");
  });

  it("writes a select with its cases, those without fields as an empty structure", () => {
    expect(written("SubmitMessageResponse")).toBe(`struct {
  Protocol protocol;
  select (protocol) {
    case mls10:
      SubmitResponseCode statusCode;
      select (statusCode) {
        case accepted:
          uint64 accepted_timestamp; /* milliseconds since the UNIX epoch */
          optional<Frank> frank; /* where the sender asked for one and the hub can give it */
        case notAllowed:
          struct {};
        case epochTooOld:
          uint64 currentEpoch;
      };
  };
} SubmitMessageResponse;
`);
  });

  it("writes an enumeration with its reserved value and its width", () => {
    expect(written("Protocol")).toBe("enum {\n  reserved(0),\n  mls10(1),\n  (255)\n} Protocol;\n");
    expect(written("WireFormat")).toContain("  mls_semiprivate_message(61441),\n  (65535)\n} WireFormat;\n");
    expect(presentation(bool as Codec<unknown>)).toBe("enum {\n  false(0),\n  true(1)\n} bool;\n");
  });

  it("writes other names for a type, and types without one under a name that is given", () => {
    expect(written("RoomMetaUpdate")).toBe("RoomMetaData RoomMetaUpdate;\n");
    expect(written("JoinLinksData")).toBe("JoinLink JoinLinksData<V>;\n");
    expect(presentation(vector(optional(opaque(bounded(0, 255)))) as Codec<unknown>, "keys")).toBe(
      "optional<opaque<0..255>> keys<V>;\n",
    );
  });

  it("writes the body of a notify request as a sequence", () => {
    expect(written("NotifyBody")).toBe(
      "/* one or more, to the end of the input */\nFanoutMessage NotifyBody;\n",
    );
  });

  it("writes every structure of the drafts, with its name behind it", () => {
    for (const { name, codec } of structures) {
      expect(presentation(codec, name)).toMatch(new RegExp(`[ }] ?${name}(<V>)?;\n$`));
    }
  });
});
