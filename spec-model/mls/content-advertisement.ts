/** Which media types clients receive and groups require, and framing that names one (mls-extensions §6.2). */
import { hex, textOf } from "../bytes.ts";
import { componentData } from "./app-data.ts";
import { decoded, demand, present } from "./errors.ts";
import {
  ApplicationFraming,
  componentIds,
  type Extension,
  type LeafNode,
  MediaType,
  MediaTypeList,
} from "./structures/index.ts";

/** The data of content_media_types for a leaf or a GroupContext. Refuses lists that may not be (`malformed`). §6.2.2 */
export function mediaTypesData(types: MediaType[]): Uint8Array {
  demandSound(types);
  return MediaTypeList.encode({ mediaTypeList: types });
}

/** The media types that a leaf advertises or a group requires, none where there is no such component. §6.2.1 */
export function mediaTypesIn(extensions: readonly Extension[]): MediaType[] | undefined {
  const data = componentData(extensions, componentIds.content_media_types);
  if (data === undefined) return undefined;
  const { mediaTypeList } = decoded(MediaTypeList, data);
  demandSound(mediaTypeList);
  return mediaTypeList;
}

/** The group's required media types that a client does not advertise: one that lacks any should not be added. §6.2.3 */
export function lackingMediaTypes(
  leaf: Pick<LeafNode, "extensions">,
  groupExtensions: readonly Extension[],
): MediaType[] {
  const advertised = new Set(mediaTypesIn(leaf.extensions)?.map(nameOf));
  return (mediaTypesIn(groupExtensions) ?? []).filter((type) => !advertised.has(nameOf(type)));
}

/** The application_data for `content`: framed where the group has required media types, else as it is. §6.2.4 */
export function frameContent(
  groupExtensions: readonly Extension[],
  mediaType: MediaType,
  content: Uint8Array,
): Uint8Array {
  if (mediaTypesIn(groupExtensions) === undefined) return content;
  return ApplicationFraming.encode({ mediaType, innerApplicationContent: content });
}

/** The content and its media type, which is undefined in a group without framing. Refuses other octets (`malformed`). §6.2.4 */
export function unframeContent(
  groupExtensions: readonly Extension[],
  applicationData: Uint8Array,
): { readonly mediaType: MediaType | undefined; readonly content: Uint8Array } {
  const required = mediaTypesIn(groupExtensions);
  if (required === undefined) return { mediaType: undefined, content: applicationData };
  const { mediaType, innerApplicationContent } = decoded(ApplicationFraming, applicationData);
  demandPlain(mediaType);
  const named = mediaType.type.length > 0 ? mediaType : present(required[0], "malformed");
  return { mediaType: named, content: innerApplicationContent };
}

function demandSound(types: readonly MediaType[]): void {
  demand(types.length > 0, "malformed", "a list of media types that is empty");
  for (const type of types) {
    demand(type.type.length > 0, "malformed", "a media type without a name");
    demandPlain(type);
  }
}

/** §6.2.2 */
function demandPlain({ parameters }: MediaType): void {
  for (const { parameterValue } of parameters) {
    const value = present(textOf(parameterValue), "malformed", "the value of a parameter is not UTF-8");
    demand(!/["\\]/.test(value), "malformed", `the value of a parameter is quoted or escaped: ${value}`);
  }
}

function nameOf(type: MediaType): string {
  return hex(MediaType.encode(type));
}
