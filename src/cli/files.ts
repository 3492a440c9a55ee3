// Files as commands see them. In: paths. Out: bytes, modules, or a sentence saying why not. Outputs
// are written beside their place and renamed, so that nobody ever finds half a file.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isArtifact } from "../object/artifact.ts";
import { reasonOf } from "../support/errno.ts";
import { decodeText } from "../text/string.ts";
import { parseWat } from "../text/wat.ts";
import { UsageError } from "./report.ts";

/** Turns an error of the file system into a sentence. */
export function fileError(what: string, path: string, error: unknown): UsageError {
  return new UsageError(`cannot ${what} ${path}: ${reasonOf(error)}`);
}

/** The bytes of a file. */
export function readBytes(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw fileError("read", path, error);
  }
}

export type Input =
  | { readonly kind: "artifact"; readonly bytes: Uint8Array }
  | { readonly kind: "wasm"; readonly bytes: Uint8Array };

const isBinary = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 &&
  bytes[0] === 0 &&
  bytes[1] === 0x61 &&
  bytes[2] === 0x73 &&
  bytes[3] === 0x6d;

/** Reads a .wasm, .wat or .cwasm by its contents; text is told by the name or the first letter. */
export function readInput(path: string): Input {
  const bytes = readBytes(path);
  if (isArtifact(bytes)) return { kind: "artifact", bytes };
  if (isBinary(bytes) || !looksLikeText(path, bytes)) return { kind: "wasm", bytes };
  return { kind: "wasm", bytes: parseWat(decodeText(bytes)) };
}

function looksLikeText(path: string, bytes: Uint8Array): boolean {
  if (path.endsWith(".wat") || path.endsWith(".wast")) return true;
  const first = bytes.find((b) => b > 0x20);
  return first === 0x28 || first === 0x3b; // ( or ;
}

/** Writes a file whole or not at all; `mode` as chmod has it, less the process's mask. */
export function writeWhole(path: string, bytes: Uint8Array | string, mode = 0o666): void {
  const temporary = join(dirname(path), `.ingot-${randomBytes(6).toString("hex")}`);
  try {
    writeFileSync(temporary, bytes, { flag: "wx", mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError("write", path, error);
  }
}

/** All files with this ending at or below `path`, sorted; a file is itself. */
export function findFiles(path: string, ending: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const found: string[] = [];
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) found.push(...findFiles(inner, ending));
      else if (entry.name.endsWith(ending)) found.push(inner);
    }
    return found.sort();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw fileError("read", path, error);
  }
}

// Files that are text whatever is in them; most of what lies in node_modules.
const TEXT_NAME = /\.(?:[cm]?[jt]sx?|json|map|md|txt|html|css|flow|ya?ml|svg)$/;

/** Whether a file begins like a binary module. */
function beginsBinary(path: string): boolean {
  const head = new Uint8Array(4);
  const fd = openSync(path, "r");
  try {
    return readSync(fd, head) === 4 && isBinary(head);
  } finally {
    closeSync(fd);
  }
}

/**
 * Calls `found` with every module at or below `path`, in the order of names: files that begin like
 * one, whatever they are called, unless that is what text is called. Links are not followed, but
 * for `path` itself. What cannot be read is told to `failed`; answers whether anything could be.
 */
export function findModules(
  path: string,
  found: (path: string) => void,
  failed: (error: Error) => void,
): boolean {
  const look = (at: string, isDirectory: boolean): boolean => {
    try {
      if (!isDirectory) {
        if (beginsBinary(at)) found(at);
        return true;
      }
      const entries = readdirSync(at, { withFileTypes: true });
      entries.sort((x, y) => (x.name < y.name ? -1 : 1));
      for (const entry of entries) {
        if (entry.isDirectory() || (entry.isFile() && !TEXT_NAME.test(entry.name))) {
          look(join(at, entry.name), entry.isDirectory());
        }
      }
      return true;
    } catch (error) {
      failed(fileError("read", at, error));
      return false;
    }
  };
  try {
    return look(path, statSync(path).isDirectory());
  } catch (error) {
    failed(fileError("read", path, error));
    return false;
  }
}

/** Bytes as people read them: "812 B", "4.1 kB", "62.0 MB". */
export function showBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let k = 0;
  while (bytes >= 1000 && k < 3) {
    bytes /= 1000;
    k++;
  }
  return `${bytes.toFixed(k === 0 ? 0 : 1)} ${units[k]!}`;
}
