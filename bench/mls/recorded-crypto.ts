/**
 * The calls of node:crypto that an operation makes, so that they can be made again with nothing around them: the least
 * that the operation can cost.
 */
import type * as NodeCrypto from "node:crypto";

/** One call, or one chain of calls that belong together, with the arguments that it had. */
export interface RecordedCall {
  readonly name: string;
  again(): unknown;
}

export interface RecordingCrypto {
  /** node:crypto with the functions that the core uses, each recorded while `record` runs. */
  readonly crypto: typeof NodeCrypto;
  record(work: () => void): RecordedCall[];
}

export function recordingCrypto(crypto: typeof NodeCrypto): RecordingCrypto {
  let calls: RecordedCall[] | undefined;
  const plain = (name: "hash" | "createPublicKey" | "diffieHellman" | "sign" | "verify") => {
    const original = crypto[name] as (...all: unknown[]) => unknown;
    return (...all: unknown[]) => {
      calls?.push({ name, again: () => original(...all) });
      return original(...all);
    };
  };
  /** What is read out of a private key, its public half, is a call as well. */
  const createPrivateKey = (...all: Parameters<typeof crypto.createPrivateKey>) => {
    const key = crypto.createPrivateKey(...all);
    calls?.push({ name: "createPrivateKey", again: () => crypto.createPrivateKey(...all) });
    const read = key.export.bind(key) as (...all: unknown[]) => unknown;
    const exported = (...how: unknown[]) => {
      calls?.push({ name: "export", again: () => read(...how) });
      return read(...how);
    };
    return Object.assign(key, { export: exported });
  };
  /** What makes an object that is used up in a few calls: those are made again together. */
  const chain = (name: "createHmac" | "createCipheriv" | "createDecipheriv") => {
    const original = crypto[name] as unknown as (...all: unknown[]) => Chained;
    return (...all: unknown[]) =>
      calls === undefined ? original(...all) : recordedChain(original, name, all, calls);
  };
  return {
    crypto: {
      ...crypto,
      hash: plain("hash"),
      createPublicKey: plain("createPublicKey"),
      createPrivateKey,
      diffieHellman: plain("diffieHellman"),
      sign: plain("sign"),
      verify: plain("verify"),
      createHmac: chain("createHmac"),
      createCipheriv: chain("createCipheriv"),
      createDecipheriv: chain("createDecipheriv"),
    } as unknown as typeof NodeCrypto,
    record(work) {
      const made: RecordedCall[] = [];
      calls = made;
      work();
      calls = undefined;
      return made;
    },
  };
}

type Chained = Record<string, (...all: unknown[]) => unknown>;

function recordedChain(
  original: (...all: unknown[]) => Chained,
  name: string,
  args: unknown[],
  calls: RecordedCall[],
): Chained {
  const links: [string, unknown[]][] = [];
  const again = () => {
    const object = original(...args);
    for (const [method, all] of links) object[method]?.(...all);
  };
  calls.push({ name, again });
  const object = original(...args);
  const recorder: Chained = new Proxy(object, {
    get:
      (target, method: string) =>
      (...all: unknown[]) => {
        links.push([method, all]);
        const result = target[method]?.call(target, ...all);
        return result === target ? recorder : result;
      },
  });
  return recorder;
}
