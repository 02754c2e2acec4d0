"""Proofs of volunteer service (志愿服务记录证明): asked for, issued from approved hours alone, verified by anybody."""

from models.certificates.asking import CertificateRequest, RequestLine, count_asked, my_requests, requests_for
from models.certificates.reading import (
    Paper,
    PublicFace,
    Standing,
    Volunteer,
    asks,
    certificates_for,
    mine,
    paper_of,
    public_face,
    verified,
    volunteer,
    volunteers,
    where_served,
)
from models.certificates.row import Certificate, CertificateLine, lines_to_prove

__all__ = [
    "Certificate",
    "CertificateLine",
    "CertificateRequest",
    "Paper",
    "PublicFace",
    "RequestLine",
    "Standing",
    "Volunteer",
    "asks",
    "certificates_for",
    "count_asked",
    "lines_to_prove",
    "mine",
    "my_requests",
    "paper_of",
    "public_face",
    "requests_for",
    "verified",
    "volunteer",
    "volunteers",
    "where_served",
]
