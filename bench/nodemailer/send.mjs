// The same job with Nodemailer, tuned: connections are kept without a limit of mails, and the DKIM key is parsed once.
// Events come as JSON lines on standard input; everything else in the environment. It ends with its input.
import { createHmac, createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import nodemailer from "nodemailer";

const env = process.env;
const connections = Number(env.BENCH_CONNECTIONS);
const secret = "a secret of the bench, 32 octets";
const template = Object.fromEntries(
  ["ja", "en"].map((language) => [
    language,
    JSON.parse(readFileSync(`${env.BENCH_TEMPLATES}/${language}.json`, "utf8")),
  ]),
);
const transport = nodemailer.createTransport({
  host: "localhost",
  port: Number(env.BENCH_PORT),
  secure: false,
  requireTLS: true,
  name: "mail.sender.test",
  pool: true,
  maxConnections: connections,
  maxMessages: Infinity,
  tls: { ca: readFileSync(env.BENCH_AUTHORITY), minVersion: "TLSv1.3" },
  dkim: {
    domainName: "sender.test",
    keySelector: "rsa",
    privateKey: createPrivateKey(readFileSync(env.BENCH_DKIM_KEY)),
  },
});

const fill = (text, values) => text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);

async function send(line) {
  const event = JSON.parse(line);
  const expires = Math.floor(Date.now() / 1000) + 86400;
  const unsigned = `https://app.bench.test/verify?uid=${event.userId}&exp=${expires}&id=${event.id}&next=%2Fwelcome&kid=1`;
  const signature = createHmac("sha256", secret).update(unsigned).digest("base64url");
  const values = { url: `${unsigned}&sig=${signature}`, name: event.name };
  const words = template[event.locale.slice(0, 2)];
  await transport.sendMail({
    from: { name: "Example", address: "no-reply@sender.test" },
    to: event.email,
    subject: fill(words.subject, values),
    text: fill(words.text, values),
    html: fill(words.html, values),
  });
}

let underWay = 0;
let wake = null;
for await (const line of createInterface({ input: process.stdin })) {
  while (underWay >= 2 * connections) {
    await new Promise((resolve) => (wake = resolve));
  }
  underWay++;
  send(line)
    .catch((failure) => {
      console.error(failure.message);
      process.exit(1);
    })
    .finally(() => {
      underWay--;
      wake?.();
    });
}
