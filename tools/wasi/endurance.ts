// What must hold for long: no descriptor and no memory is lost, offsets have 64 bits, and a
// directory of any size is listed in the same memory.

import { closeSync, openSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { E, FILE_RIGHTS, O, OUT } from "./kit.ts";
import type { Player, Tests } from "./kit.ts";

const MIB = 1 << 20;

async function cycle(p: Player, k: number): Promise<void> {
  const fd = await p.opened(`sub/../f${k % 7}`, { oflags: O.create, base: FILE_RIGHTS });
  await p.ok("fd_write", fd, ...(await p.vectors(10)), OUT);
  await p.ok("fd_seek", fd, 0n, 0, OUT);
  await p.ok("fd_read", fd, ...(await p.vectors(10)), OUT);
  await p.ok("fd_close", fd);
}

export function enduranceTests({ test, host }: Tests): void {
  const { fewer } = host;
  test("path_open fd_read fd_write fd_close", "10,000 times leak nothing", async (p) => {
    await p.ok("path_create_directory", 3, ...(await p.path("sub")));
    const count = 10_000 / fewer;
    for (let k = 0; k < count / 5; k++) await cycle(p, k);
    const before = p.guest.usage();
    for (let k = 0; k < count; k++) {
      await cycle(p, k);
      if (k % 10 === 0) expect(await p.open("nowhere/f")).toBe(-E.noent);
    }
    const after = p.guest.usage();
    expect(after.descriptors).toBe(before.descriptors);
    expect(after.bytes - before.bytes).toBeLessThan(16 * MIB);
  });
  test("fd_seek fd_pread fd_pwrite fd_filestat_set_size", "have 64 bits of offset", async (p) => {
    const fd = await p.create("big");
    const size = 2n ** 31n + 12_345n;
    await p.seek(fd, size);
    await p.write(fd, "here");
    await p.ok("fd_tell", fd, OUT);
    expect(await p.u64()).toBe(size + 4n);
    expect(await p.seek(fd, -4n, 2)).toBe(size);
    expect(await p.read(fd)).toBe("here");
    const far = 5n * 2n ** 32n + 1n;
    await p.ok("fd_pwrite", fd, ...(await p.vectors(4)), far, OUT);
    await p.ok("fd_pread", fd, ...(await p.vectors(9)), far, OUT);
    expect(await p.u32()).toBe(4);
    expect((await p.stat("big")).size).toBe(far + 4n);
    await p.ok("fd_filestat_set_size", fd, size);
    expect((await p.stat("big")).size).toBe(size);
    expect(statSync(join(p.box, "big")).blocks * 512).toBeLessThan(MIB);
  });
  test("fd_readdir", "lists 100,000 entries in bounded memory", async (p) => {
    const count = 100_000 / fewer;
    const file = join(p.box, "n");
    for (let k = 0; k < count; k++) closeSync(openSync(file + k, "w"));
    writeFileSync(join(p.outside, "x"), "");
    const seen = new Set<string>();
    const before = p.guest.usage();
    const reached: [bigint, string][] = [];
    for (let cookie = 0n; ;) {
      const { entries, used } = await p.list(3, cookie, 8192);
      entries.forEach(({ name }) => seen.add(name));
      cookie = entries.at(-1)?.next ?? cookie;
      if (reached.length < 5 && entries.length > 0) {
        const next = (await p.list(3, cookie, 8192)).entries[0]!.name;
        reached.push([cookie, next]);
      }
      if (used < 8192) break;
    }
    expect(seen.size).toBe(count + 2);
    for (const [cookie, name] of reached) {
      expect((await p.list(3, cookie, 8192)).entries[0]!.name).toBe(name);
    }
    expect(p.guest.usage().bytes - before.bytes).toBeLessThan(64 * MIB);
  });
}
