// A stand-in for Slack: keeps the messages of one channel, as the methods below do, and shows them on a page.
import { createServer } from 'node:http';
import { page } from './page.js';

const port = Number(process.env.PORT ?? 8065);
const host = process.env.HOST ?? '0.0.0.0';
const kept = 500;
const messages = [];
let latest = 0;

/** A timestamp is the id of a message, so each is later than the one before. */
function nextTimestamp() {
  latest = Math.max(latest + 1, Date.now() * 1000);
  return `${Math.floor(latest / 1e6)}.${String(latest % 1e6).padStart(6, '0')}`;
}

const find = (body) => messages.find((message) => message.ts === body.ts);

const methods = {
  'chat.postMessage'(body) {
    const message = { ...body, type: 'message', ts: nextTimestamp() };
    messages.push(message);
    messages.splice(0, messages.length - kept);
    return { ok: true, channel: body.channel, ts: message.ts, message };
  },
  'chat.update'(body) {
    const message = find(body);
    if (!message) return { ok: false, error: 'message_not_found' };
    Object.assign(message, body, { edited: { ts: nextTimestamp() } });
    return { ok: true, channel: body.channel, ts: message.ts, message };
  },
  'conversations.history': ({ oldest = '0' }) => ({
    ok: true,
    messages: messages.filter((message) => !message.thread_ts && message.ts >= oldest).reverse(),
    has_more: false,
  }),
  'conversations.replies': ({ ts }) => ({
    ok: true,
    messages: messages.filter((message) => message.ts === ts || message.thread_ts === ts),
    has_more: false,
  }),
  'conversations.list': () => ({ ok: true, channels: [{ id: 'C0INCIDENTS', name: 'incidents' }] }),
};

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return request.headers['content-type']?.startsWith('application/json')
    ? JSON.parse(text)
    : Object.fromEntries(new URLSearchParams(text));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://slack');
  const method = methods[url.pathname.replace(/^\/api\//, '')];
  try {
    if (method) {
      const answer = method({ ...Object.fromEntries(url.searchParams), ...(await bodyOf(request)) });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } else if (url.pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(messages));
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":false,"error":"unknown_method"}');
    }
  } catch (problem) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end(`${problem.message}\n`);
  }
});

server.listen(port, host, () => console.log(`Messages are shown at http://localhost:${server.address().port}/`));
process.on('SIGTERM', () => server.close());
