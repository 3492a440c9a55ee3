// The modules by whose names guests import WASI preview 1: today's, and the older one, whose
// records differ.

export const WASI_NAMES = ["wasi_snapshot_preview1", "wasi_unstable"] as const;
export type WasiName = (typeof WASI_NAMES)[number];

const names: ReadonlySet<string> = new Set(WASI_NAMES);

export const isWasi = (module: string): boolean => names.has(module);
