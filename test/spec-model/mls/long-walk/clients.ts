/** The clients of the long walk: each is new, and found again by the KeyPackage that it is added with. */
import { hex } from "../../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  generateKeyPackage,
  keyPackageRef,
  type MlsApplication,
  type OwnKeyPackage,
} from "../../../../spec-model/mls/index.ts";
import type { RandomSource } from "../../../../spec-model/random.ts";
import { basic, capabilities, leafExtensions } from "../room-fixture.ts";

export class Clients {
  private readonly suite: CipherSuite;
  private readonly app: MlsApplication;
  private readonly random: RandomSource;
  private readonly known = new Map<string, OwnKeyPackage>();

  constructor(suite: CipherSuite, app: MlsApplication, random: RandomSource) {
    this.suite = suite;
    this.app = app;
    this.random = random;
  }

  next(): OwnKeyPackage {
    const credential = basic(`c${this.known.size + 1}`);
    const options = {
      credential,
      capabilities,
      leafExtensions,
      lifetime: { notBefore: 0n, notAfter: 2000n },
    };
    const own = generateKeyPackage(this.suite.id, options, this.app, this.random);
    this.known.set(this.nameOf(own.keyPackage), own);
    return own;
  }

  ownerOf(keyPackage: OwnKeyPackage["keyPackage"]): OwnKeyPackage {
    const own = this.known.get(this.nameOf(keyPackage));
    if (own === undefined) throw new Error("a stranger was added");
    return own;
  }

  private nameOf(keyPackage: OwnKeyPackage["keyPackage"]): string {
    return hex(keyPackageRef(this.suite, keyPackage));
  }
}
