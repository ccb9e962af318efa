/** Certificates for questions about who is believed: made by another implementation, and the same every time. identity-05 §5.1 */
const der = (...lines: readonly string[]) => Uint8Array.from(Buffer.from(lines.join(""), "base64"));

/** A moment at which all of them are valid, in seconds since 1970-01-01T00:00:00Z. */
export const validAt = 1_780_272_000n;

/** The key that both certificates of Alice's client are about. */
export const certifiedKey = der("9cqn/D6NfCSBYvgx63U7GooZqjI0ObmKw4FXud5SkRc=");

/** "a.example root", which signs for itself. */
export const configuredRoot = der(
  "MIIBAzCBtqADAgECAgEBMAUGAytlcDAZMRcwFQYDVQQDEw5hLmV4YW1wbGUgcm9vdDAeFw0yNjA1MzEwMDAwMDBaFw0yNjA2",
  "MDIwMDAwMDBaMBkxFzAVBgNVBAMTDmEuZXhhbXBsZSByb290MCowBQYDK2VwAyEAO5tAsIBCLmoGNIFLtiW80Rcw05FD9Njj",
  "1jmtwru5BQGjIzAhMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMAUGAytlcANBAH91Uty7VvbX3LKVVSRduu5N",
  "As6MIAihP+N/nNV9vX+E7RiYpKaD4TupaweSrandRSw/uepKWEB4nrsiJQhuzQg=",
);

/** Alice's client, certified by that. */
export const certified = der(
  "MIIBJTCB2KADAgECAgEBMAUGAytlcDAZMRcwFQYDVQQDEw5hLmV4YW1wbGUgcm9vdDAeFw0yNjA1MzEwMDAwMDBaFw0yNjA2",
  "MDIwMDAwMDBaMBAxDjAMBgNVBAMTBUFsaWNlMCowBQYDK2VwAyEA9cqn/D6NfCSBYvgx63U7GooZqjI0ObmKw4FXud5SkRej",
  "TjBMMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMCwGA1UdEQQlMCOGIW1pbWk6Ly9hLmV4YW1wbGUvZC9hbGljZS9D",
  "bGllbnRBMTAFBgMrZXADQQDtGGcMBIs+Uzea9iIuZdd4tl7peVYPz938FqHfEpTlpOY4GexNzc5C7uD2bhFml6ALjtzhaznR",
  "VPGeRGrAXZsO",
);

/** "another root", which signs for itself as well. */
export const unknownRoot = der(
  "MIH/MIGyoAMCAQICAQEwBQYDK2VwMBcxFTATBgNVBAMTDGFub3RoZXIgcm9vdDAeFw0yNjA1MzEwMDAwMDBaFw0yNjA2MDIw",
  "MDAwMDBaMBcxFTATBgNVBAMTDGFub3RoZXIgcm9vdDAqMAUGAytlcAMhAPXRSI4a9+TpoHTiiOjqnvSlo51SfjryvRXVe1Bq",
  "SFoUoyMwITAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAFBgMrZXADQQCWt2Yzc1Jc9R50nBxeKj0wEsOV+RFl",
  "GVhxq8MhZ5MDHLRXH8PfF2THZItDYx+ZOSXdCFZRMCLhhhbEBefOCrsJ",
);

/** Alice's client, certified by that one. */
export const certifiedElsewhere = der(
  "MIIBIzCB1qADAgECAgEBMAUGAytlcDAXMRUwEwYDVQQDEwxhbm90aGVyIHJvb3QwHhcNMjYwNTMxMDAwMDAwWhcNMjYwNjAy",
  "MDAwMDAwWjAQMQ4wDAYDVQQDEwVBbGljZTAqMAUGAytlcAMhAPXKp/w+jXwkgWL4Met1OxqKGaoyNDm5isOBV7neUpEXo04w",
  "TDAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDAsBgNVHREEJTAjhiFtaW1pOi8vYS5leGFtcGxlL2QvYWxpY2UvQ2xp",
  "ZW50QTEwBQYDK2VwA0EAlpDSAydrVdWY1TH6uMK6fy/SXGVLYb11XX6QEezE4kxLUDxITDPjyscazcBbXeiWTJZ4WMZOItmb",
  "bVr+cjYgAg==",
);
