/** What the drafts leave open about fan-out, and what a server keeps: how an actor answers it where not as the model does. */
export interface DeliveryVariants {
  /** Whether a hub waits for one notify to be answered before it sends the next. protocol-06 §5.5 */
  readonly order: "oneByOne" | "parallel";
  /** Whether a notify is sent again as it was, or with what has come since. §5.5 */
  readonly retries: "sameBody" | "withTheRest";
  /** Whether a hub that starts again has the times and franks of what it had accepted. §5.4, §5.5 */
  readonly times: "written" | "madeAgain";
  /** Whether a hub looks at the GroupInfo that comes with a commit. §5.3 */
  readonly groupInfo: "verified" | "unread";
  /** Whether what a follower has answered with 201 survives its stop. §5.5 */
  readonly acknowledges: "durable" | "received";
}
