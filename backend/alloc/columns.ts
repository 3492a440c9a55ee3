// Growing of the allocator's columns. `room` gives a column of at least `need` entries whose content
// is of no interest; `wider` keeps what is there. Both leave a column alone that is long enough, so
// that one set of columns serves all functions of a worker.

export const room = (old: Int32Array, need: number): Int32Array =>
  old.length >= need ? old : new Int32Array(need + (need >> 1));

export const roomFloat = (old: Float64Array, need: number): Float64Array =>
  old.length >= need ? old : new Float64Array(need + (need >> 1));

export const roomByte = (old: Uint8Array, need: number): Uint8Array =>
  old.length >= need ? old : new Uint8Array(need + (need >> 1));

export const wider = (old: Int32Array, need: number): Int32Array => {
  if (old.length >= need) return old;
  const wide = new Int32Array(need + (need >> 1));
  wide.set(old);
  return wide;
};

export const widerFloat = (old: Float64Array, need: number): Float64Array => {
  if (old.length >= need) return old;
  const wide = new Float64Array(need + (need >> 1));
  wide.set(old);
  return wide;
};
