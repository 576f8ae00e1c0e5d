// Reads manifests (YAML, several documents) on standard input and holds each to the published schema of its kind.
// The types refuse fields that the schema does not know, the validators refuse values. One line for each fault; exit 1.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import yaml from "js-yaml";
import ts from "typescript";

const PACKAGES = {
  "cert-manager.io": "@kubernetes-models/cert-manager/cert-manager.io",
  "external-secrets.io": "@kubernetes-models/external-secrets/external-secrets.io",
  "keda.sh": "@kubernetes-models/keda/keda.sh",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator/monitoring.coreos.com",
};

function moduleOf({ apiVersion }) {
  const group = apiVersion.split("/")[0];
  return group in PACKAGES ? `${PACKAGES[group]}/${apiVersion.split("/")[1]}` : `kubernetes-models/${apiVersion}`;
}

const nameOf = (manifest) => `${manifest.kind} ${manifest.metadata.name}`;

function unknownFields(manifests) {
  const source = manifests
    .map((m, i) => `export const m${i}: import("${moduleOf(m)}").I${m.kind} = ${JSON.stringify(m)};`)
    .join("\n");
  const file = fileURLToPath(new URL("manifests.ts", import.meta.url));
  const options = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, source, target) : getSourceFile(name, target);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((fault) => {
    const { line } = ts.getLineAndCharacterOfPosition(fault.file, fault.start);
    return `${nameOf(manifests[line])}: ${ts.flattenDiagnosticMessageText(fault.messageText, " ")}`;
  });
}

async function wrongValues(manifest) {
  const models = await import(moduleOf(manifest));
  try {
    new models[manifest.kind](manifest).validate();
    return [];
  } catch (fault) {
    return [`${nameOf(manifest)}: ${fault.message}`];
  }
}

const manifests = yaml.loadAll(readFileSync(0, "utf8")).filter((m) => m !== null);
const faults = unknownFields(manifests);
for (const manifest of manifests) {
  faults.push(...(await wrongValues(manifest)));
}
faults.forEach((fault) => console.log(fault));
console.log(`${manifests.length} manifests, ${faults.length} faults`);
process.exit(faults.length > 0 || manifests.length === 0 ? 1 : 0);
