// Sources of the streaming operations: a Response, or a promise of one. Nothing is compiled before
// all of it is there, since a cache asks for a hash of the whole. The errors are Node's.

import { bytesOf } from "./idl.ts";
import type { Bytes } from "./idl.ts";
import type { ResponseLike } from "./types.ts";

const MIME = "application/wasm";

function fail(code: string, message: string): never {
  throw Object.assign(new TypeError(message), { code });
}

function isResponse(value: unknown): value is ResponseLike {
  const { Response } = globalThis as { readonly Response?: new () => object };
  return Response !== undefined && value instanceof Response;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value !== "object") return `type ${typeof value} (${String(value)})`;
  const name = (value as { readonly constructor?: { readonly name?: string } }).constructor?.name;
  return `an instance of ${name ?? "Object"}`;
}

/** The bytes of a response that is fit to be compiled. */
export async function streamed(source: unknown): Promise<Bytes> {
  const response = await source;
  if (!isResponse(response)) {
    const wanted = "an instance of Response or an Promise resolving to Response";
    return fail(
      "ERR_INVALID_ARG_TYPE",
      `The "source" argument must be ${wanted}. Received ${shown(response)}`,
    );
  }
  const type = response.headers.get("content-type");
  const code = "ERR_WEBASSEMBLY_RESPONSE";
  if (type?.trim().toLowerCase() !== MIME) {
    fail(code, `WebAssembly response has unsupported MIME type '${type}'`);
  }
  if (!response.ok) fail(code, `WebAssembly response has status code ${response.status}`);
  if (response.bodyUsed) fail(code, "WebAssembly response body has already been used");
  return bytesOf(await response.arrayBuffer())!;
}
