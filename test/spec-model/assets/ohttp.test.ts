/** Oblivious HTTP: the example of RFC 9458 appendix A, round trips, and damage. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  configurationOf,
  decapsulateRequest,
  decapsulateResponse,
  decodeKeyConfiguration,
  decodeRequest,
  decodeResponse,
  encapsulateRequest,
  encapsulateResponse,
  encodeKeyConfiguration,
  encodeRequest,
  encodeResponse,
  OhttpError,
} from "../../../spec-model/assets/index.ts";
import { concat, hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { cipherSuite, cipherSuiteIds } from "../../../spec-model/mls/index.ts";
import { symbolicMls } from "../../../spec-model/mls/symbolic/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { octets } from "../octets.ts";

const random = expandEntropy(new Uint8Array(32), "ohttp tests");
const suite = cipherSuite(1);

describe("the example of RFC 9458 appendix A", () => {
  const privateKey = octets("3c168975674b2fa8e465970b79c8dcf09f1c741626480bd4c6162fc5b6a98e1a");
  const publicKey =
    suite.hpke.publicKeyLength === 32
      ? octets("31e1f05a740102115220e9af918f738674aec95f54db6e04eb705aae8e798155")
      : noBytes;
  const gateway = { keyId: 1, keys: { privateKey, publicKey } };
  const encapsulated = octets(
    "01002000010001 4b28f881333e7c164ffc499ad9796f877f4e1051ee6d31bad19dec96c208b472",
    "6374e469135906992e1268c594d2a10c695d858c40a026e7965e7d86b83dd440b2c0185204b4d63525",
  );

  it("has a key configuration that is read, and written again", () => {
    const published = octets("010020", publicKey, "0008 00010001 00010003");
    const read = decodeKeyConfiguration(suite, published);
    expect(read).toMatchObject({
      keyId: 1,
      kem: 0x20,
      symmetric: [
        { kdf: 1, aead: 1 },
        { kdf: 1, aead: 3 },
      ],
    });
    expect(encodeKeyConfiguration(read)).toEqual(published);
  });

  it("has a request that opens to GET https://example.com/", () => {
    const { request } = decapsulateRequest(suite, gateway, encapsulated);
    expect(hex(request)).toBe("00034745540568747470730b6578616d706c652e636f6d012f");
    const read = decodeRequest(request);
    expect(read).toEqual({
      method: "GET",
      scheme: "https",
      authority: "example.com",
      path: "/",
      content: noBytes,
    });
    expect(encodeRequest(read)).toEqual(request);
  });

  it("has a response that opens with the secret of the request, and is made from the same nonce", () => {
    const { keys } = decapsulateRequest(suite, gateway, encapsulated);
    expect(hex(keys.secret)).toBe("62d87a6ba569ee81014c2641f52bea36");
    const nonce = octets("c789e7151fcba46158ca84b04464910d");
    const body = octets(nonce, "86f9013e404feea014e7be4a441f234f857fbd");
    const opened = decapsulateResponse(suite, keys, body);
    expect(decodeResponse(opened)).toEqual({ status: 200, content: noBytes });
    expect(encodeResponse({ status: 200, content: noBytes })).toEqual(opened);
    expect(encapsulateResponse(suite, keys, opened, { bytes: () => nonce })).toEqual(body);
  });
});

const suites = cipherSuiteIds.flatMap((id) => [cipherSuite(id), symbolicMls.suite(id)]);

describe("an exchange", () => {
  it.each(suites.map((each) => [each.name, each] as const))("goes both ways on %s", (_, each) => {
    const gateway = { keyId: 7, keys: each.hpke.generateKeyPair(random) };
    const published = encodeKeyConfiguration(configurationOf(each, gateway));
    const asked = {
      method: "GET",
      scheme: "https",
      authority: "assets.b.example",
      path: "/x",
      content: noBytes,
    };
    const configuration = decodeKeyConfiguration(each, published);
    const sent = encapsulateRequest(each, configuration, encodeRequest(asked), random);
    const arrived = decapsulateRequest(each, gateway, sent.body);
    expect(decodeRequest(arrived.request)).toEqual(asked);
    const answered = { status: 200, content: random.bytes(300) };
    const body = encapsulateResponse(each, arrived.keys, encodeResponse(answered), random);
    expect(decodeResponse(decapsulateResponse(each, sent.keys, body))).toEqual(answered);
  });

  it("shows nothing of the request to the relay", () => {
    const gateway = { keyId: 7, keys: suite.hpke.generateKeyPair(random) };
    const request = utf8("GET /secret-path");
    const { body } = encapsulateRequest(suite, configurationOf(suite, gateway), request, random);
    expect(hex(body)).not.toContain(hex(utf8("secret")));
  });

  it("is refused with a typed error whichever octet is changed, and never opens to something else", () => {
    const gateway = { keyId: 7, keys: suite.hpke.generateKeyPair(random) };
    const request = encodeRequest({
      method: "GET",
      scheme: "https",
      authority: "a.example",
      path: "/",
      content: noBytes,
    });
    const { body, keys } = encapsulateRequest(suite, configurationOf(suite, gateway), request, random);
    const response = encapsulateResponse(
      suite,
      keys,
      encodeResponse({ status: 200, content: utf8("x") }),
      random,
    );
    const reads = [
      [body, (bytes: Uint8Array) => decapsulateRequest(suite, gateway, bytes)],
      [response, (bytes: Uint8Array) => decapsulateResponse(suite, keys, bytes)],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...reads),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 255 }),
        ([whole, read], at, mask) => {
          const changed = whole.slice();
          const place = at % whole.length;
          changed[place] = (changed[place] ?? 0) ^ mask;
          expect(() => read(changed)).toThrow(OhttpError);
          expect(() => read(whole.subarray(0, place))).toThrow(OhttpError);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("refuses a gateway that has none of its algorithms", () => {
    const gateway = { keyId: 7, keys: suite.hpke.generateKeyPair(random) };
    const others = { ...configurationOf(suite, gateway), symmetric: [{ kdf: 2, aead: 2 }] };
    expect(() => encapsulateRequest(suite, others, noBytes, random)).toThrow(
      expect.objectContaining({ code: "algorithms" }),
    );
  });
});

describe("binary HTTP", () => {
  const text = fc.string({ unit: "binary", maxLength: 80 });

  it("gives every message back as it was", () => {
    const message = fc.record({
      ...{ method: text, scheme: text, authority: text, path: text },
      content: fc.uint8Array({ maxLength: 20_000 }),
    });
    fc.assert(
      fc.property(message, (request) => {
        expect(decodeRequest(encodeRequest(request))).toEqual({
          ...request,
          content: Uint8Array.from(request.content),
        });
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.uint8Array({ maxLength: 20_000 }),
        (status, content) => {
          expect(decodeResponse(encodeResponse({ status, content }))).toEqual({ status, content });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads over header fields, trailer fields and padding", () => {
    const fields = octets("0d", "0661636365707405", utf8("image"));
    const request = concat(
      octets("00 03474554 056874747073 0161 012f"),
      ...[fields, octets("0161"), octets("00"), octets("0000")],
    );
    expect(decodeRequest(request)).toMatchObject({ authority: "a", content: utf8("a") });
    expect(() => decodeRequest(concat(request, octets("01")))).toThrow(
      expect.objectContaining({ code: "trailingOctets" }),
    );
  });

  it("refuses another framing, an informational status, and what is too long to be meant", () => {
    const codeOf = (read: () => unknown) => {
      try {
        return read();
      } catch (error) {
        return (error as OhttpError).code;
      }
    };
    expect(codeOf(() => decodeRequest(octets("0140c8")))).toBe("framing");
    expect(codeOf(() => decodeResponse(octets("014064")))).toBe("status");
    expect(codeOf(() => decodeRequest(octets("00c000000000000003474554")))).toBe("tooLong");
    expect(codeOf(() => decodeRequest(octets("0001ff")))).toBe("text");
    expect(codeOf(() => decodeRequest(noBytes))).toBe("truncated");
  });

  it("throws nothing but its own error for any octets", () => {
    const readers = [
      decodeRequest,
      decodeResponse,
      (bytes: Uint8Array) => decodeKeyConfiguration(suite, bytes),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...readers), fc.uint8Array({ maxLength: 200 }), (read, bytes) => {
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(OhttpError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
