/** What is wrong with a group that claims to be a room's. */
export class RoomError extends Error {
  override readonly name = "RoomError";
  readonly code: string;
  /** Draft and section of the rule. */
  readonly where: string;

  constructor(code: string, where: string, text: string) {
    super(text);
    this.code = code;
    this.where = where;
  }
}
