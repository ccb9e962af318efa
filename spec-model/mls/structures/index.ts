/** The structures of RFC 9420 and its extensions, declared once. */
export * from "./app-data.ts";
export * from "./basics.ts";
export * from "./commit.ts";
export * from "./credential.ts";
export * from "./extension.ts";
export * from "./framed-content.ts";
export * from "./group.ts";
export * from "./key-package.ts";
export * from "./labels.ts";
export * from "./leaf-node.ts";
export * from "./messages.ts";
export * from "./pre-shared-key.ts";
export * from "./proposals.ts";
export * from "./ratchet-tree-options.ts";
export * from "./registries.ts";
export * from "./semiprivate-message.ts";
export * from "./tree.ts";
