// Options that are tried: the form of the page, as a browser without scripts sends it.
import { Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';

When('somebody tries {string} for {string}', async function (options, property) {
  const url = this.service.apiUrl;
  const page = await fetch(`${url}/try`);
  const token = /name="form_token" value="([^"]+)"/.exec(await page.text())[1];
  const answer = await fetch(`${url}/try`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: page.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; '), Origin: url },
    body: new URLSearchParams({ form_token: token, by: 'ann', property, options, last: '1d', learning: '1h' }),
  });
  assert.equal(answer.status, 303, await answer.text());
  this.tried = url + answer.headers.get('location');
});

Then('there would have been {int} incident(s), and not {int}', async function (tried, current) {
  await eventually(() => fetch(this.tried).then(answer => answer.text()), html => {
    const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    assert.match(text, new RegExp(`With these: ${tried} incidents?\\. With those in force: ${current} `), text);
    assert.match(text, new RegExp(`really opened by the service ${current} `), text);
  });
});
