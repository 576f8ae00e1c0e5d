"""Reads one mail with Python's email package and tells, as JSON, what it says and what is wrong with it."""

import json
import sys
from email import errors, policy
from email.parser import BytesParser, Parser

SINGLE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted")


def parse(octets):
    """RFC 5322 as octets; RFC 6532 as the UTF-8 that it is."""
    if octets.isascii():
        return BytesParser(policy=policy.SMTP).parsebytes(octets)
    return Parser(policy=policy.SMTPUTF8).parsestr(octets.decode("utf-8"), headersonly=False)


def defects(message):
    for name in SINGLE:
        if len(message.get_all(name, [])) != 1:
            yield f"{name} does not stand once"
    for part in message.walk():
        yield from (f"{part.get_content_type()}: {defect!r}" for defect in part.defects)
        for name, value in part.items():
            for defect in value.defects:
                # What RFC 6532 allows, Python still calls a defect.
                if not isinstance(defect, errors.NonASCIILocalPartDefect):
                    yield f"{name}: {defect!r}"
    text, html = message.get_payload()
    if (text.get_content_type(), html.get_content_type()) != ("text/plain", "text/html"):
        yield "the alternatives are not text and HTML"


def main():
    with open(sys.argv[1], "rb") as file:
        message = parse(file.read())
    text, html = message.get_payload()
    print(json.dumps({
        "defects": list(defects(message)),
        "fromName": message["From"].addresses[0].display_name,
        "from": message["From"].addresses[0].addr_spec,
        "to": message["To"].addresses[0].addr_spec,
        "subject": str(message["Subject"]),
        "messageId": str(message["Message-ID"]),
        "text": text.get_content(),
        "html": html.get_content(),
    }))


main()
