// Prints the reference of the public interface, src/api/reference.gen.md, from its types: whatever
// src/index.ts exports, in its order and under its headings (a comment line before an export begins
// a chapter), with the signature as written and the documentation comment beside it. Syntax only:
// names are followed from re-export to declaration, nothing is inferred, so that what is not
// written down in a signature is missing here too.

import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Node, Project } from "ts-morph";
import type { ExportDeclaration, JSDocableNode, NamedNode, SourceFile } from "ts-morph";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const INDEX = join(root, "src/index.ts");
const OUT = join(root, "src/api/reference.gen.md");

const project = new Project({ skipFileDependencyResolution: true, skipLoadingLibFiles: true });

const fileAt = (path: string): SourceFile =>
  project.getSourceFile(path) ?? project.addSourceFileAtPath(path);

/** The file that an export or import names; undefined for a package. */
function target(from: SourceFile, specifier: string | undefined): SourceFile | undefined {
  if (specifier?.startsWith(".") !== true) return undefined;
  return fileAt(resolve(dirname(from.getFilePath()), specifier));
}

/** Where a name that a file offers is declared: there, or where it has it from. */
function find(file: SourceFile, name: string): Node | undefined {
  const declared = file
    .getStatements()
    .flatMap((s): Node[] => (Node.isVariableStatement(s) ? s.getDeclarations() : [s]))
    .find((n) => (n as Partial<NamedNode>).getName?.() === name);
  if (declared !== undefined) return declared;
  for (const link of [...file.getExportDeclarations(), ...file.getImportDeclarations()]) {
    const named = Node.isExportDeclaration(link) ? link.getNamedExports() : link.getNamedImports();
    const one = named.find((n) => (n.getAliasNode()?.getText() ?? n.getName()) === name);
    if (one === undefined) continue;
    const next = target(file, link.getModuleSpecifierValue());
    return next === undefined ? undefined : find(next, one.getName());
  }
  return undefined;
}

const docOf = (node: JSDocableNode): string =>
  node
    .getJsDocs()
    .map((d) => d.getDescription().trim())
    .join("\n\n");

/** Text on one line, without the comments in it. */
const flat = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/,? ([)}])/g, " $1")
    .replace(/\( /g, "(")
    .replace(/ \)/g, ")")
    .trim();

/** Members worth a line, each as its signature. */
function members(node: Node): { text: string; doc: string }[] {
  if (!Node.isClassDeclaration(node) && !Node.isInterfaceDeclaration(node)) return [];
  const all = node.getMembers() as (Node & Partial<JSDocableNode>)[];
  return all.flatMap((m) => {
    const isHidden = Node.isModifierable(m) && (m.hasModifier("private") || m.getText()[0] === "#");
    if (isHidden || m.getText().includes("unique symbol") || m.getText().includes("[brand]")) {
      return [];
    }
    const docs = Node.isJSDocable(m) ? m : undefined;
    const body = Node.isBodyable(m) || Node.isBodied(m) ? m.getBody() : undefined;
    const start = m.getStart();
    const text = m.getSourceFile().getFullText();
    const end = body?.getStart() ?? m.getEnd();
    return [
      {
        text: flat(text.slice(start, end)).replace(/;$/, ""),
        doc: docs === undefined ? "" : docOf(docs),
      },
    ];
  });
}

/** A declaration up to its body. */
function head(node: Node): string {
  if (Node.isVariableDeclaration(node)) {
    return flat(`const ${node.getName()}: ${node.getTypeNode()?.getText() ?? "..."}`);
  }
  const text = node.getText();
  if (Node.isFunctionDeclaration(node)) {
    const body = node.getBody();
    const end = body === undefined ? node.getEnd() : body.getStart();
    return flat(node.getSourceFile().getFullText().slice(node.getStart(), end));
  }
  if (Node.isClassDeclaration(node) || Node.isInterfaceDeclaration(node)) {
    return flat(text.slice(0, text.indexOf("{")));
  }
  return flat(text).replace(/;$/, "");
}

function entry(name: string, node: Node): string[] {
  const holder = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node;
  const doc = holder !== undefined && Node.isJSDocable(holder) ? docOf(holder) : "";
  const lines = [`### ${name}`, "", "```ts", head(node).replace(/^export /, ""), "```", ""];
  if (doc !== "") lines.push(doc, "");
  const rows = members(node);
  for (const { text, doc: about } of rows) {
    lines.push(`- \`${text}\`${about === "" ? "" : `  \n  ${flat(about)}`}`);
  }
  if (rows.length > 0) lines.push("");
  return lines;
}

/** The last comment line before an export, which is its chapter's heading. */
function heading(e: ExportDeclaration): string | undefined {
  const comments = e.getLeadingCommentRanges().map((c) => c.getText());
  return comments.at(-1)?.replace(/^\/\/\s*/, "");
}

const index = fileAt(INDEX);
const out = [
  "# Reference",
  "",
  "What `ingot` exports, printed from its types by `make gen`. For a way in see [the guide](guide.md).",
  "",
];
for (const [position, link] of index.getExportDeclarations().entries()) {
  const chapter = heading(link);
  if (chapter !== undefined && position > 0) out.push(`## ${chapter}`, "");
  const file = target(index, link.getModuleSpecifierValue());
  for (const named of link.getNamedExports()) {
    const node = file === undefined ? undefined : find(file, named.getName());
    const name = named.getAliasNode()?.getText() ?? named.getName();
    if (node === undefined) throw new Error(`index.ts exports ${name}, which is not declared`);
    out.push(...entry(name, node));
  }
}
writeFileSync(OUT, `${out.join("\n").trimEnd()}\n`);
