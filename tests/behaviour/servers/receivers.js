// An HTTP receiver that answers everything with one status.
import { once } from 'node:events';
import { createServer } from 'node:http';

export class Receiver {
  static async start(name, status) {
    const receiver = new Receiver();
    receiver.name = name;
    receiver.http = createServer((request, response) => request.resume().on('end', () => response.writeHead(status).end()));
    await once(receiver.http.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  get options() {
    const url = `http://127.0.0.1:${this.http.address().port}/`;
    return ['--set', `Channels:${this.name}:Kind=webhook`, '--set', `Channels:${this.name}:Url=${url}`];
  }

  async end() {
    this.http.closeAllConnections();
    await once(this.http.close(), 'close');
  }
}
