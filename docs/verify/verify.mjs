// Verifies an authmail link with Node's own crypto. keys: {kid: Buffer}; origin: as configured, never from Host.
// Returns {state: "valid" | "expired" | "invalid", link?}; use the values of link, never req.query.
import { createHmac, timingSafeEqual } from "node:crypto";

export function verify(rawPathAndQuery, purpose, origin, keys, now = Date.now() / 1000) {
  const cut = rawPathAndQuery.indexOf("&sig="), signed = rawPathAndQuery.slice(0, cut);
  if (cut < 0 || rawPathAndQuery.length > 8192 || !signed.startsWith("/")) return { state: "invalid" };
  const pairs = (signed.split(/\?(.*)/s)[1] ?? "").split("&").map((p) => p.split(/=(.*)/s));
  const link = Object.fromEntries(pairs), names = pairs.map((p) => p[0]).filter((n) => n !== "next").sort().join();
  const key = Object.hasOwn(keys, link.kid ?? "") ? keys[link.kid] : null;
  if (names !== "ah,exp,id,kid,uid" || pairs.length !== Object.keys(link).length || !key) return { state: "invalid" };
  const mac = createHmac("sha256", key).update(`authmail-url-v1\n${purpose}\n${origin}${signed}`).digest("base64url");
  const given = Buffer.from(rawPathAndQuery.slice(cut + 5).split("&")[0]), expected = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { state: "invalid" };
  for (const name of ["uid", "next"]) if (name in link) link[name] = decodeURIComponent(link[name]);
  return { state: now < Number(link.exp) ? "valid" : "expired", link };
}

// Whether the mail went to the address that the user has now.
export function matchesAddress(link, address, keys) {
  const mac = createHmac("sha256", keys[link.kid]).update(`authmail-address-v1\n${address}`).digest().subarray(0, 16);
  const given = Buffer.from(link.ah, "base64url");
  return given.length === mac.length && timingSafeEqual(given, mac);
}
