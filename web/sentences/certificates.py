"""Words of proofs of volunteer service."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "own_certificate": _l("Nobody issues their own certificate, or takes it back. Please ask a colleague."),
    "certificate_not_yours": _l("This certificate belongs to another community."),
    "certificate_period": _l("The period must begin before it ends, and end today at the latest."),
    "no_hours_to_prove": _l("There are no approved hours in this period."),
    "certificate_there": _l("The same certificate was issued already: %(number)s. Please print that one again."),
    "certificate_asked": _l("You have asked already; your community will answer."),
    "revocation_reason_needed": _l("Please say in at least %(least)s characters why it is taken back."),
}

LABELS = {
    "CertificateState": {"ISSUED": _l("Issued"), "REVOKED": _l("Revoked")},
    "Standing": {
        "VALID": _l("Valid"),
        "CORRECTED": _l("Hours corrected since it was issued"),
        "REVOKED": _l("Revoked"),
    },
}

NEWS = {
    "certificate_issued": _l("Your proof of volunteer service was issued. You find it under “My certificates”."),
    "certificate_revoked": _l("A proof of your volunteer service was taken back. The reason stands beside it."),
    "certificate_declined": _l("Your request for a proof of volunteer service was answered."),
}

DEEDS = {
    "certificate.issue": _l("Certificate issued"),
    "certificate.revoke": _l("Certificate revoked"),
    "certificate_request.ask": _l("Certificate asked for"),
    "certificate_request.decline": _l("Certificate not issued"),
}
