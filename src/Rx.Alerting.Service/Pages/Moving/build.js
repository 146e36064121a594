// Bundles the picture into out/, with the license of what is in it. eng/bundle runs it.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const license = `/*! uPlot\n${readFileSync('node_modules/uplot/LICENSE', 'utf8').trim()}\n*/`;

await build({
  entryPoints: ['course.ts'],
  outdir: 'out',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  banner: { js: license, css: license },
  logLevel: 'warning',
});
