// Compiling what a Response brings.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench } from "../../tools/engines.ts";

const MIME = { "content-type": "application/wasm" };

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, bytes } = newBench(newProvider());
  const code = bytes('(module (import "m" "f" (func $f)) (start $f) (func (export "g")))');
  const response = (
    body: Uint8Array<ArrayBuffer> | string | null = code,
    init: ResponseInit = { headers: MIME },
  ) => new Response(body, init);

  describe(`streaming over the ${engine}`, () => {
    it("compiles a response, or a promise of one", async () => {
      expect(await wasm.compileStreaming(response())).toBeInstanceOf(wasm.Module);
      expect(await wasm.compileStreaming(Promise.resolve(response()))).toBeInstanceOf(wasm.Module);
      let started = 0;
      const imports = { m: { f: () => (started += 1) } };
      const { module, instance } = await wasm.instantiateStreaming(response(), imports);
      expect(module).toBeInstanceOf(wasm.Module);
      expect(Object.keys(instance.exports)).toEqual(["g"]);
      expect(started).toBe(1);
    });

    it.each([undefined, null, 1, {}, code])("does not compile %o", async (source) => {
      const wanted = { name: "TypeError", code: "ERR_INVALID_ARG_TYPE" };
      await expect(wasm.compileStreaming(source as never)).rejects.toMatchObject(wanted);
      await expect(wasm.instantiateStreaming(source as never)).rejects.toMatchObject(wanted);
    });

    it.each([
      [{ headers: { "content-type": "text/html" } }, "unsupported MIME type 'text/html'"],
      [{ headers: { "content-type": "application/wasm;x=y" } }, "unsupported MIME type"],
      [{ headers: MIME, status: 404 }, "status code 404"],
    ])("wants a response to be right: %o", async (init, message) => {
      const failure = { name: "TypeError", code: "ERR_WEBASSEMBLY_RESPONSE" };
      const promise = wasm.compileStreaming(response(code, init));
      await expect(promise).rejects.toMatchObject(failure);
      await expect(promise).rejects.toThrow(message);
    });

    it("does not mind the case of a MIME type", async () => {
      const init = { headers: { "content-type": " Application/WASM " } };
      expect(await wasm.compileStreaming(response(code, init))).toBeInstanceOf(wasm.Module);
    });

    it("says what is wrong with the bytes or the imports", async () => {
      const used = response();
      await used.arrayBuffer();
      await expect(wasm.compileStreaming(used)).rejects.toThrow("already been used");
      await expect(wasm.compileStreaming(response(null))).rejects.toThrow(
        /^WebAssembly\.compileStreaming\(\): /,
      );
      await expect(wasm.instantiateStreaming(response("abcdefgh"))).rejects.toThrow(
        wasm.CompileError,
      );
      await expect(wasm.instantiateStreaming(response(), 1 as never)).rejects.toThrow(
        "WebAssembly.instantiateStreaming(): Argument 1 must be an object",
      );
      await expect(wasm.instantiateStreaming(response(), { m: { f: 1 } })).rejects.toThrow(
        wasm.LinkError,
      );
    });
  });
}
