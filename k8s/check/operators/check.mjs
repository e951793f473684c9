// check.mjs EXTERNAL OVERLAY...: objects of operators' kinds have the fields, types and values that their definitions know. The
// definitions (CRDs) are to be had as types of TypeScript; so each object becomes a literal of its type, which the compiler checks.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const packages = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};
const options = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};
const [external, ...overlays] = process.argv.slice(2);
const folder = join(dirname(fileURLToPath(import.meta.url)), 'objects');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

const kinds = readFileSync(external, 'utf8').match(/^[\w.-]+\/v\w+\/\w+$/gm) ?? [];
const objects = overlays.flatMap(objectsIn);
const program = ts.createProgram([...new Set(objects.map((object) => object.file))], options);
const faults = ts.getPreEmitDiagnostics(program).map(describe);
faults.forEach((fault) => console.error(fault));
console.log(`${objects.length} objects of operators, ${faults.length} faults`);
process.exit(faults.length === 0 && objects.length > 0 ? 0 : 1);

function objectsIn(overlay) {
  const yaml = execFileSync('kubectl', ['kustomize', overlay], { encoding: 'utf8' });
  return parseAllDocuments(yaml)
    .map((document) => document.toJS())
    .filter((object) => kinds.includes(`${object.apiVersion}/${object.kind}`))
    .map((object) => literal(overlay, object));
}

function literal(overlay, object) {
  const id = `${object.kind}/${object.metadata.name}`;
  const file = join(folder, `${overlay}-${id}.ts`.replaceAll('/', '-'));
  const [group, version] = object.apiVersion.split('/');
  writeFileSync(
    file,
    `import type { I${object.kind} } from '${packages[group]}/${group}/${version}';\n` +
      `export const object: I${object.kind} = ${JSON.stringify(object, null, 2)};\n`,
  );
  return { overlay, id, file };
}

function describe(diagnostic) {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ': ');
  const object = objects.find((candidate) => candidate.file === diagnostic.file?.fileName);
  const line = diagnostic.file?.text.slice(diagnostic.start).split('\n', 1)[0].trim();
  return object ? `${object.overlay}: ${object.id}: ${line}: ${text}` : text;
}
