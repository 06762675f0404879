"""Certificates: one question and its answer, proved to stand on record, and answered again."""

from article41.casework.certificates.certificate import (
    Certificate,
    certificate_json,
    certify,
    read_certificates,
)
from article41.casework.certificates.claims import Claim, claims_of
from article41.casework.certificates.replaying import Replay, ReplayOutcome, compared

__all__ = [
    "Certificate",
    "Claim",
    "Replay",
    "ReplayOutcome",
    "certificate_json",
    "certify",
    "claims_of",
    "compared",
    "read_certificates",
]
