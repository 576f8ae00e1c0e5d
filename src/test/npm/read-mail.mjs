// Reads one mail with postal-mime and tells, as JSON, what it says.
import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';

const mail = await PostalMime.parse(await readFile(process.argv[2]), { attachmentEncoding: 'utf8' });
const count = (key) => mail.headers.filter((header) => header.key === key).length;

console.log(JSON.stringify({
  defects: [
    ...['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'auto-submitted']
      .filter((key) => count(key) !== 1)
      .map((key) => `${key} stands ${count(key)} times`),
    ...mail.attachments.map((attachment) => `unexpected part ${attachment.mimeType}`),
    ...(mail.to.length === 1 ? [] : [`${mail.to.length} recipients`]),
  ],
  fromName: mail.from.name,
  from: mail.from.address,
  to: mail.to[0].address,
  subject: mail.subject,
  messageId: mail.messageId,
  text: mail.text,
  html: mail.html,
}));
