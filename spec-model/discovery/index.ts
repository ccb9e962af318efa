/** Finding users at other providers. */
export * from "./structures.ts";
