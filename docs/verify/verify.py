"""Verifies an authmail link with Python's standard library. keys: {kid: bytes}; origin: as configured, never from Host.

verify returns ("valid" | "expired" | "invalid", link or None); use the values of link, never the framework's query.
"""
import base64, hashlib, hmac, time
from urllib.parse import unquote


def verify(raw_path_and_query, purpose, origin, keys, now=None):
    signed, found, rest = raw_path_and_query.partition("&sig=")
    pairs = [p.partition("=")[::2] for p in signed.partition("?")[2].split("&")]
    link, names = dict(pairs), sorted(n for n, _ in pairs if n != "next")
    shape = found and signed.startswith("/") and len(raw_path_and_query) <= 8192 and len(pairs) == len(link)
    if not shape or names != ["ah", "exp", "id", "kid", "uid"] or link["kid"] not in keys:
        return "invalid", None
    expected = b64(mac(keys[link["kid"]], f"authmail-url-v1\n{purpose}\n{origin}{signed}"))
    if not hmac.compare_digest(expected.encode(), rest.partition("&")[0].encode("utf-8", "replace")):
        return "invalid", None
    link.update({n: unquote(link[n]) for n in ("uid", "next") if n in link})
    return "valid" if (time.time() if now is None else now) < int(link["exp"]) else "expired", link


def matches_address(link, address, keys):
    """Whether the mail went to the address that the user has now."""
    return hmac.compare_digest(b64(mac(keys[link["kid"]], f"authmail-address-v1\n{address}")[:16]), link["ah"])


def mac(key, text):
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).digest()


def b64(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
