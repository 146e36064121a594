// Follows incidents as server-sent events, and does what a client is asked to do: it comes again with the latest id.

export class EventReader {
  /** Statuses of incidents by id, as far as events have told. */
  known = new Map();

  /** All changes that were told: id, status and time. */
  told = [];

  events = [];

  /** Listens at a replica, behind the latest event that it has. */
  async listen(url) {
    this.ending?.abort();
    this.ending = new AbortController();
    const headers = this.latest === undefined ? {} : { 'Last-Event-ID': this.latest };
    const answer = await fetch(`${url}/api/v1/events`, { headers, signal: this.ending.signal });
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
    this.url = url;
    this.reading = this.read(answer.body, url).catch(() => {}); // The replica has ended.
  }

  end() {
    this.ending?.abort();
    return this.reading;
  }

  async read(body, url) {
    let rest = '';
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + part).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) await this.take(block, url);
    }
  }

  async take(block, url) {
    const fields = Object.fromEntries(block.split('\n').map(line => line.split(/: (.*)/s)));
    if (fields.event === undefined) return;
    this.events.push(fields);
    if (fields.event === 'reset') await this.askForAll(url);
    const { changed = [], gone = [] } = JSON.parse(fields.data);
    for (const { id, status, updated_at: at } of changed) {
      this.known.set(id, status);
      this.told.push(`${id} ${status} ${at}`);
    }
    for (const id of gone) this.known.delete(id);
    this.latest = fields.id;
  }

  async askForAll(url) {
    const { data } = await (await fetch(`${url}/api/v1/incidents?limit=100`)).json();
    this.known = new Map(data.map(({ id, status }) => [id, status]));
  }
}
