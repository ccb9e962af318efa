/** What message-status-01 requires, in the order of its sections. */
import { rowsOf } from "../rows.ts";

const { declared } = rowsOf("message-status-01");

export const status = [
  declared(
    "3-cbor",
    "client",
    "wire",
    "A report is CBOR of the media type application/mimi-message-status.",
    "09323d44ae0238a8",
    "4e784ebff108d6cb",
  ),
  declared(
    "3-many-messages",
    "client",
    "wire",
    "A report lists message IDs of one room, each with its status.",
    "ce1e8748bfbc86cb",
    "d5856148244007d3",
  ),
  declared(
    "3-updated",
    "client",
    "machine",
    "A later report replaces what an earlier one said of a message.",
    "32d400295007c3d5",
  ),
  declared(
    "3-values",
    "client",
    "wire",
    "The status is one of unread, delivered, read, expired, deleted, hidden, error, numbered from 0.",
    "334c0a8e2ec248b5",
    "1f2d4a5ece1d51ef",
    "b14c6acbb9402c6c",
    "2ba99c3ce9953ae5",
    "c6813540825fbd69",
    "c5c098f8aa072fe6",
    "ce463049f94954a0",
  ),
  declared(
    "3-transitions",
    "client",
    "none",
    "Which changes of status make sense is for the implementation to decide; not all do.",
    "765b7bb818706de2",
    "4725728cd077e728",
  ),
  declared(
    "3-policy",
    "client",
    "policy",
    "Whether reports are sent is for the room's policy, and then for the client's own.",
    "a96fbc3d1e35b241",
  ),
];
