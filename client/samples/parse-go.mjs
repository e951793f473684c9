// Parses a Go file without a Go compiler; fails with the place of the first error.
import { readFileSync } from 'node:fs';
import { parser } from '@lezer/go';

const file = process.argv[2];
const text = readFileSync(file, 'utf8');
const errors = [];
parser.parse(text).iterate({ enter: (node) => void (node.type.isError && errors.push(node.from)) });
if (errors.length > 0) {
  const line = text.slice(0, errors[0]).split('\n').length;
  console.error(`${file}:${line}: not Go: ${text.split('\n')[line - 1].trim()}`);
  process.exit(1);
}
