// Verifies the six digits beside an authmail link with Node's own crypto. keys: the live code keys, as Buffers.
// Returns {state: "right" | "wrong" | "used-up", id}: redeem a right id once, as with the link. Ask it in the session of
// the person who signed up, with the event, user and address that you know of them. count(id) adds a try of that id in
// your database, atomically, keeps it for two days, and returns (a promise of) how many there were, this one included.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export async function verify(typed, purpose, event, userId, address, keys, lifetime, count, now = Date.now() / 1000) {
  const id = createHash("sha256").update(`authmail-id-v1\n${event}`).digest().subarray(0, 16).toString("base64url");
  const code = typed.length > 64 ? "" : typed.normalize("NFKC").replace(/\s/g, "");
  if (!/^[0-9]{6}$/.test(code)) return { state: "wrong", id };
  if ((await count(id)) > 5) return { state: "used-up", id }; // before the code is looked at
  const window = Math.floor(now / lifetime);
  let right = false;
  for (const key of keys) {
    for (const w of [window, window - 1]) {
      const text = `authmail-code-v1\n${purpose}\n${w}\n${id}\n${userId}\n${address}`;
      const number = createHmac("sha256", key).update(text).digest().readUIntBE(0, 6) % 1_000_000;
      right = timingSafeEqual(Buffer.from(String(number).padStart(6, "0")), Buffer.from(code)) || right;
    }
  }
  return { state: right ? "right" : "wrong", id };
}
