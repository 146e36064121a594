// A file of views that grows.
import { appendFileSync, writeFileSync } from 'node:fs';

export class GrowingFile {
  pipeline = 'follow/files';

  constructor(path) {
    this.path = path;
    writeFileSync(path, '');
  }

  get options() {
    return ['--follow', this.path];
  }

  async send(views) {
    appendFileSync(this.path, views.map(view => JSON.stringify(view) + '\n').join(''));
  }
}
