/** The symbolic twin of MLS: the operations of the layer, without cryptography. */
import { exporterTreeOf, exportFrom, safeExportFrom } from "../exporter.ts";
import { foundingBy } from "../found-successor.ts";
import { completeGroupInfo, verifyGroupInfo } from "../group-info.ts";
import type { MlsLayer } from "../layer.ts";
import { followContent } from "../public-group.ts";
import { openAsReceiver } from "../semiprivate-message.ts";
import { commit } from "./commit.ts";
import { createGroup, generateKeyPackage, joinByWelcome } from "./enter.ts";
import { externalCommit } from "./external-commit.ts";
import { followHandshake, previewProposals, startPublicGroup } from "./followed.ts";
import { groupInfoOf } from "./make-commit.ts";
import { pskFinder, type SymbolicMember, withKeys } from "./member.ts";
import { rememberedOutcome } from "./outcome.ts";
import { receive } from "./receive.ts";
import { encryptApplication, propose, proposeExternally, proposeUpdate } from "./send.ts";
import { symbolicSuite } from "./suite.ts";

/**
 * MLS by names and boxes instead of keys and ciphertexts: the same structures on the wire, the same rules and refusals,
 * the same facts. The rules that only a tree with parents can break are never broken in it.
 */
export const symbolicMls: MlsLayer = {
  name: "symbolic",
  suite: symbolicSuite,
  generateKeyPackage,
  createGroup,
  joinByWelcome,
  externalCommit,
  reinitialise: (previous, ...rest) => founding.reinitialise(withKeys(previous), ...rest),
  branch: (previous, ...rest) => founding.branch(withKeys(previous), ...rest),
  pskFinder: (previous, app) => pskFinder(withKeys(previous), app),
  propose,
  proposeUpdate,
  commit,
  encryptApplication,
  receive,
  asked: (app) => app,
  epochAuthenticator: (member) => withKeys(member).keys.epochAuthenticator,
  exportSecret(member, label, context, length) {
    const suite = symbolicSuite(member.groupContext.cipherSuite);
    return exportFrom(suite, withKeys(member).keys, label, context, length);
  },
  safeExportSecret(stranger, componentId) {
    const member = withKeys(stranger);
    const suite = symbolicSuite(member.groupContext.cipherSuite);
    const before = member.exporterTree ?? exporterTreeOf(member.keys.applicationExportSecret);
    const { tree: exporterTree, secret } = safeExportFrom(suite, before, componentId);
    return { state: { ...member, exporterTree }, secret };
  },
  groupInfo: (member, _app, extensions = []) =>
    groupInfoOf(symbolicSuite(member.groupContext.cipherSuite), withKeys(member), extensions),
  startPublicGroup,
  followHandshake,
  followContent: (group, content, app, computeOutcome = rememberedOutcome) =>
    followContent(symbolicSuite(group.groupContext.cipherSuite), group, content, app, computeOutcome),
  decryptAsReceiver: ({ receiver, privateKey }, message, context) =>
    openAsReceiver(symbolicSuite(context.cipherSuite), receiver, privateKey, message, context),
  previewProposals,
  proposeExternally,
  verifyGroupInfo: (info, tree) => verifyGroupInfo(symbolicSuite(info.groupContext.cipherSuite), info, tree),
  completeGroupInfo: (group, ...rest) =>
    completeGroupInfo(symbolicSuite(group.groupContext.cipherSuite), group, ...rest),
};

const founding = foundingBy<SymbolicMember, ReturnType<MlsLayer["commit"]>>({
  createGroup: (...all) => withKeys(createGroup(...all)),
  commit,
  pskFinder,
});
