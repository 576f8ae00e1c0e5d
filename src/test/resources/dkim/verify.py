"""Verifies mails with dkimpy: verify.py KEYS.json MAIL… prints one JSON line a signature.

KEYS.json is an object of record names (without a final dot) and TXT values. Needs Debian's python3-dkim, and
python3-nacl for Ed25519.
"""

import json
import sys

import dkim


def main(keys_file, *mails):
    with open(keys_file, encoding="ascii") as file:
        keys = json.load(file)

    def dnsfunc(name, timeout=5):
        value = keys.get(name.decode("ascii").rstrip("."))
        return value.encode("ascii") if value is not None else None

    for mail in mails:
        with open(mail, "rb") as file:
            octets = file.read()
        count = sum(1 for name, _ in dkim.rfc822_parse(octets)[0] if name.lower() == b"dkim-signature")
        for index in range(count):
            verifier = dkim.DKIM(octets)
            try:
                good = verifier.verify(idx=index, dnsfunc=dnsfunc)
                why = ""
            except dkim.DKIMException as error:
                good, why = False, repr(error)
            fields = verifier.signature_fields or {}
            algorithm = fields.get(b"a", b"").decode("ascii", "replace")
            print(json.dumps({"mail": mail, "algorithm": algorithm, "pass": bool(good), "why": why}))


if __name__ == "__main__":
    main(*sys.argv[1:])
