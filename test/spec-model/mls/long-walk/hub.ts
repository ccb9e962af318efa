/** The hub of the long walk: no member, an external sender, and an external receiver of SemiPrivateMessages. */
import {
  type CipherSuite,
  componentIds,
  decryptAsReceiver,
  type Extension,
  ExternalReceivers,
  followContent,
  followHandshake,
  type GroupInfo,
  type GroupView,
  MLSMessage,
  type MlsApplication,
  type Proposal,
  proposeExternally,
  type RatchetTree,
  startPublicGroup,
  WireFormats,
} from "../../../../spec-model/mls/index.ts";
import type { RandomSource } from "../../../../spec-model/random.ts";
import { basic, roomExtensions } from "../room-fixture.ts";

export class Hub {
  private readonly suite: CipherSuite;
  private readonly app: MlsApplication;
  private readonly signatureKeys: ReturnType<CipherSuite["signature"]["generateKeyPair"]>;
  private readonly receiver: Parameters<typeof decryptAsReceiver>[0];
  private group: GroupView | undefined;

  constructor(suite: CipherSuite, app: MlsApplication, random: RandomSource) {
    this.suite = suite;
    this.app = app;
    this.signatureKeys = suite.signature.generateKeyPair(random);
    const { publicKey, privateKey } = suite.hpke.generateKeyPair(random);
    const receiver = { externalReceiverPublicKey: publicKey, credential: basic("hub.example") };
    this.receiver = { receiver, privateKey };
  }

  /** The GroupContext extensions of a group that the hub serves. */
  extensions(): Extension[] {
    const receivers = ExternalReceivers.encode([this.receiver.receiver]);
    return [
      ...roomExtensions(this.signatureKeys.publicKey, [[componentIds.external_receivers, receivers]]),
      {
        extensionType: "required_wire_formats",
        extensionData: WireFormats.encode({ wireFormats: ["mls_semiprivate_message"] }),
      },
    ];
  }

  start(groupInfo: GroupInfo, tree: RatchetTree): void {
    this.group = startPublicGroup(groupInfo, tree, this.app);
  }

  get view(): GroupView {
    if (this.group === undefined) throw new Error("the hub has not started");
    return this.group;
  }

  /** Takes in a PublicMessage, or a SemiPrivateMessage that it is a receiver of. */
  follow(octets: Uint8Array): void {
    const message = MLSMessage.decode(octets);
    if (message.wireFormat !== "mls_semiprivate_message") {
      this.group = followHandshake(this.view, message, this.app).group;
      return;
    }
    const { groupContext } = this.view;
    const content = decryptAsReceiver(this.receiver, message.semiprivateMessage, groupContext, this.app);
    this.group = followContent(this.suite, this.view, content, this.app).group;
  }

  proposes(proposal: Proposal): MLSMessage {
    const sender = { senderType: "external" as const, senderIndex: 0 };
    const proposer = { sender, signaturePrivateKey: this.signatureKeys.privateKey };
    return proposeExternally(this.view.groupContext, proposer, proposal, this.app);
  }
}
