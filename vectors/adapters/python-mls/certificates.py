"""Chains of certificates, as far as RFC 5280 section 6.1 concerns the cases (vectors/README.md, Crypto)."""

from datetime import timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from names import demand
from structures import Refused

KNOWN = (x509.BasicConstraints, x509.KeyUsage, x509.SubjectAlternativeName)


class Certificate:
    """What is read of a certificate. Raises Refused where it is none, or not of version 3."""

    def __init__(self, der: bytes) -> None:
        try:
            self.parsed = x509.load_der_x509_certificate(der)
            extensions = list(self.parsed.extensions)
            # Raises where the one outside is not the one inside.
            self.parsed.signature_algorithm_oid
            demand(self.parsed.version == x509.Version.v3, "not of version 3")
        except (ValueError, x509.InvalidVersion, x509.DuplicateExtension) as error:
            raise Refused(str(error)) from None
        self.der = der
        self.subject, self.issuer = self.parsed.subject, self.parsed.issuer
        self.unknown = [each for each in extensions if each.critical and not isinstance(each.value, KNOWN)]
        self.found = {type(each.value): each.value for each in extensions}

    def names(self, kind) -> list[str]:
        alternative = self.found.get(x509.SubjectAlternativeName)
        return [] if alternative is None else alternative.get_values_for_type(kind)

    def uris(self) -> list[str]:
        return self.names(x509.UniformResourceIdentifier)

    def key(self) -> bytes:
        """As MLS writes it."""
        key = self.parsed.public_key()
        if isinstance(key, ed25519.Ed25519PublicKey):
            return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def demand_alive(self, now: int) -> None:
        begin, end = (timestamp(each) for each in (self.parsed.not_valid_before, self.parsed.not_valid_after))
        demand(begin <= now <= end, "not of this time")

    def demand_signed_by(self, issuer: "Certificate") -> None:
        demand(self.issuer == issuer.subject, "another issuer")
        key, content = issuer.parsed.public_key(), self.parsed.tbs_certificate_bytes
        try:
            if isinstance(key, ed25519.Ed25519PublicKey):
                demand(self.parsed.signature_hash_algorithm is None, "another algorithm")
                key.verify(self.parsed.signature, content)
            else:
                demand(self.parsed.signature_hash_algorithm is not None, "another algorithm")
                key.verify(self.parsed.signature, content, ec.ECDSA(self.parsed.signature_hash_algorithm))
        except InvalidSignature:
            raise Refused("the signature of a certificate does not fit") from None

    def demand_usage(self, name: str) -> None:
        usage = self.found.get(x509.KeyUsage)
        demand(usage is None or getattr(usage, name), f"its key is not for {name}")

    def demand_authority(self, below: int) -> None:
        """It may certify, with so many authorities below it."""
        limits = self.found.get(x509.BasicConstraints)
        demand(limits is not None and limits.ca, "no authority")
        demand(limits.path_length is None or below <= limits.path_length, "too many authorities in between")
        self.demand_usage("key_cert_sign")


def timestamp(naive) -> int:
    return int(naive.replace(tzinfo=timezone.utc).timestamp())


def validated(chain: list[bytes], anchors: list[dict], now: int) -> tuple[list[Certificate], list[str]]:
    """The chain without an anchor at its end, and the domains for which the one that it leads to is trusted."""
    certificates = [Certificate(each) for each in chain]
    demand(bool(certificates), "no certificate")
    refusal = Refused("nobody who is trusted has certified it")
    for anchor in anchors:
        trusted = Certificate(bytes.fromhex(anchor["certificate"]))
        path = certificates[:-1] if certificates[-1].der == trusted.der else certificates
        try:
            demand_path(path, trusted, now)
        except Refused as error:
            refusal = error
            continue
        return path, anchor["domains"]
    raise refusal


def demand_path(path: list[Certificate], trusted: Certificate, now: int) -> None:
    demand(bool(path), "nothing but the trusted certificate")
    trusted.demand_alive(now)
    for at, each in enumerate(path):
        issuer = path[at + 1] if at + 1 < len(path) else trusted
        issuer.demand_authority(at)
        each.demand_signed_by(issuer)
        each.demand_alive(now)
        demand(not each.unknown, "a critical extension that nobody knows")
    path[0].demand_usage("digital_signature")
