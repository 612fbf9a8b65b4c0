// Reads RDF by N3.js and jsonld.js, and writes it as N-Quads: node read.mjs TOOLS FROM TO [FROM TO …]
// TOOLS is the folder with node_modules; the syntax is told by the ending of FROM.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [tools, ...files] = process.argv.slice(2);
const { resolve } = createRequire(`${tools}/node_modules/`);
const { Parser, Writer } = (await import(pathToFileURL(resolve('n3')))).default;
const jsonld = (await import(pathToFileURL(resolve('jsonld')))).default;
const syntaxes = { ttl: 'Turtle', nt: 'N-Triples', trig: 'TriG', nq: 'N-Quads' };

async function read(path) {
  const text = fs.readFileSync(path, 'utf8');
  const ending = path.split('.').pop();
  if (ending === 'jsonld') {
    return jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', safe: true });
  }
  const writer = new Writer({ format: 'N-Quads' });
  writer.addQuads(new Parser({ format: syntaxes[ending] }).parse(text));
  let written;
  writer.end((_, result) => { written = result; });
  return written;
}

for (let at = 0; at < files.length; at += 2) {
  fs.writeFileSync(files[at + 1], await read(files[at]));
}
