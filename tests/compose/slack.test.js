import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const program = join(resolve(import.meta.dirname, '../..'), 'compose/slack/server.js');
let server;
let address;

before(async () => {
  server = spawn('node', [program], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout, 'data');
  address = /http:\/\/localhost:(\d+)/.exec(line)[0].replace('localhost', '127.0.0.1');
});

after(() => server.kill());

async function call(method, body) {
  const answer = await fetch(`${address}/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

const shown = async () => (await fetch(address)).text();
const header = (text) => [{ type: 'header', text: { type: 'plain_text', text } }];

test('a message is shown, edited in place, and answered beneath', async () => {
  const posted = await call('chat.postMessage', { channel: 'C1', blocks: header('opened') });
  await call('chat.update', { channel: 'C1', ts: posted.ts, blocks: header('closed') });
  await call('chat.postMessage', { channel: 'C1', thread_ts: posted.ts, blocks: header('it is over') });

  const { messages } = await call('conversations.history', { channel: 'C1' });
  const replies = await call('conversations.replies', { channel: 'C1', ts: posted.ts });
  const page = await shown();

  assert.deepEqual(
    messages.map((message) => message.ts),
    [posted.ts],
  );
  assert.equal(replies.messages.length, 2);
  assert.match(page, /closed[\s\S]*<ul><li>[\s\S]*it is over/);
  assert.doesNotMatch(page, />opened</);
});

test('a message that is not there cannot be edited', async () => {
  assert.deepEqual(await call('chat.update', { channel: 'C1', ts: '1.000001' }), { ok: false, error: 'message_not_found' });
});

test('markup is shown, and what only looks like it is not', async () => {
  const text = '*5 %*, `▁▂█` <https://a.example/?x=1&amp;y=2|Show> &lt;script&gt;';
  await call('chat.postMessage', { channel: 'C1', blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });

  const page = await shown();

  assert.ok(
    page.includes('<b>5 %</b>, <code>▁▂█</code> <a href="https://a.example/?x=1&#38;y=2">Show</a> &#60;script&#62;'),
    page,
  );
});

test('what is no JSON is refused', async () => {
  const answer = await fetch(`${address}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  });
  assert.equal(answer.status, 400);
});
