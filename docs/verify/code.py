"""Verifies the six digits beside an authmail link with Python's standard library. keys: the live code keys, as bytes.

verify returns ("right" | "wrong" | "used-up", id): redeem a right id once, as with the link. Ask it in the session of the
person who signed up, with the event, user and address that you know of them. count(id) adds a try of that id in your
database, atomically, keeps it for two days, and returns how many there were, this one included.
"""
import base64, hashlib, hmac, re, time, unicodedata


def verify(typed, purpose, event, user_id, address, keys, lifetime, count, now=None):
    id = b64(hashlib.sha256(f"authmail-id-v1\n{event}".encode()).digest()[:16])
    code = "".join(unicodedata.normalize("NFKC", typed).split()) if len(typed) <= 64 else ""
    if not re.fullmatch("[0-9]{6}", code):
        return "wrong", id
    if count(id) > 5:  # before the code is looked at
        return "used-up", id
    window, right = int(time.time() if now is None else now) // lifetime, False
    for key in keys:
        for w in (window, window - 1):
            text = f"authmail-code-v1\n{purpose}\n{w}\n{id}\n{user_id}\n{address}"
            mac = hmac.new(key, text.encode(), hashlib.sha256).digest()
            right |= hmac.compare_digest("%06d" % (int.from_bytes(mac[:6], "big") % 1_000_000), code)
    return "right" if right else "wrong", id


def b64(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
