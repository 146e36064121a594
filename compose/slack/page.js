// The messages of the channel as a page: the newest first, with replies beneath their message.
const escape = (text) => String(text ?? '').replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** What stands between < and >: a link, or a time with its words. */
function reference(inside) {
  const [target, words = target] = inside.split('|');
  return /^https?:/.test(target)
    ? `<a href="${escape(unescape(target))}">${escape(unescape(words))}</a>`
    : escape(unescape(words));
}

/** Slack's markup as far as the service writes it. */
const markup = (text) =>
  text
    .split(/<([^>]*)>/)
    .map((part, i) =>
      i % 2
        ? reference(part)
        : escape(unescape(part))
            .replace(/\*([^*\n]+)\*/g, '<b>$1</b>')
            .replace(/`([^`\n]+)`/g, '<code>$1</code>')
            .replace(/\n/g, '<br>'),
    )
    .join('');

function block({ type, text }) {
  if (!text) return '';
  const shown = text.type === 'mrkdwn' ? markup(text.text) : escape(text.text);
  return `<p${type === 'header' ? ' class="heading"' : ''}>${shown}</p>`;
}

const time = (ts) => new Date(Number(ts) * 1000).toISOString().slice(11, 19);

function item(message, replies) {
  const beside = (message.attachments ?? []).map(
    (part) =>
      `<div class="facts" style="border-color:${/^#[0-9a-f]{6}$/i.test(part.color) ? part.color : '#999'}">${part.blocks.map(block).join('')}</div>`,
  );
  const below = replies.length > 0 ? `<ul>${replies.map((reply) => `<li>${item(reply, [])}</li>`).join('')}</ul>` : '';
  return `<article><time>${time(message.ts)}${message.edited ? ', edited' : ''}</time>
${(message.blocks ?? []).map(block).join('')}${beside.join('')}${below}</article>`;
}

export function page(messages) {
  const top = messages.filter((message) => !message.thread_ts).reverse();
  const repliesOf = (message) => messages.filter((reply) => reply.thread_ts === message.ts);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>#incidents</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1d1c1d; }
article { margin: 1rem 0; } p { margin: .2rem 0; } .heading { font-weight: 700; }
time { color: #616061; font-size: .8rem; } .facts { border-left: 4px solid; padding-left: .8rem; } ul { list-style: none; padding-left: 2rem; }
</style></head><body><h1>#incidents</h1>
${top.length === 0 ? '<p>No messages yet. The first incident opens after some minutes.</p>' : top.map((message) => item(message, repliesOf(message))).join('\n')}
</body></html>
`;
}
