// An HTTP receiver that takes messages as Slack does, in one channel, and can be away.
import { once } from 'node:events';
import { createServer } from 'node:http';

const token = 'xoxb-1234567890-secret';
const channel = 'C0123456789';

export class SlackReceiver {
  static async start() {
    const receiver = new SlackReceiver();
    await receiver.listen(0);
    receiver.port = receiver.http.address().port;
    return receiver;
  }

  /** All messages, also replies, the oldest first: what Slack shows now. */
  messages = [];

  /** How often the receiver was asked in vain. */
  refused = 0;

  isAway = false;

  /** What happens when the next message is there, and before that is answered. */
  onceTaken;

  get options() {
    const options = { Kind: 'slack', Token: token, Channel: channel, ApiUrl: `http://127.0.0.1:${this.port}/api/` };
    return Object.entries(options).flatMap(([name, value]) => ['--set', `Channels:ops:${name}=${value}`]);
  }

  /** Messages that are no replies. */
  get threads() {
    return this.messages.filter(message => !message.thread_ts);
  }

  repliesTo(thread) {
    return this.messages.filter(message => message.thread_ts === thread.ts);
  }

  async listen(port) {
    this.http = createServer((request, response) => this.answer(request, response));
    await once(this.http.listen(port, '127.0.0.1'), 'listening');
  }

  async end() {
    this.http.closeAllConnections();
    await once(this.http.close(), 'close');
  }

  async answer(request, response) {
    const chunks = await request.toArray();
    if (this.isAway) {
      this.refused++;
      response.writeHead(503).end();
      return;
    }
    const url = new URL(request.url, 'http://slack');
    const text = Buffer.concat(chunks).toString();
    const body = request.method === 'POST' && text ? JSON.parse(text) : Object.fromEntries(url.searchParams);
    const method = url.pathname.replace('/api/', '');
    const answer = request.headers.authorization !== `Bearer ${token}` ? error('invalid_auth')
      : body.channel !== channel ? error('channel_not_found') : await this.execute(method, body);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }

  async execute(method, body) {
    const found = this.messages.find(message => message.ts === body.ts);
    switch (method) {
      case 'chat.postMessage': {
        const ts = `${Math.floor(Date.now() / 1000)}.${String(this.messages.length + 1).padStart(6, '0')}`;
        this.messages.push({ ...body, ts });
        await this.onceTaken?.();
        this.onceTaken = undefined;
        return { ok: true, channel, ts };
      }
      case 'chat.update':
        if (!found) return error('message_not_found');
        Object.assign(found, body);
        return { ok: true, channel, ts: found.ts };
      case 'conversations.history':
        return { ok: true, messages: this.threads.toReversed(), has_more: false };
      case 'conversations.replies':
        return found ? { ok: true, messages: [found, ...this.repliesTo(found)], has_more: false } : error('thread_not_found');
      default:
        return error('unknown_method');
    }
  }
}

const error = name => ({ ok: false, error: name });
