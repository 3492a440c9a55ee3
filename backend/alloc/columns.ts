// Growing of the allocator's columns. `room` gives a column of at least `need` entries whose
// content is of no interest; `wider` keeps what is there. Both leave a column alone that is long
// enough, so that one set of columns serves all functions of a worker.

type Ints = Int32Array<ArrayBuffer>;
type Floats = Float64Array<ArrayBuffer>;
type Bytes = Uint8Array<ArrayBuffer>;

export const room = (old: Ints, need: number): Ints =>
  old.length >= need ? old : new Int32Array(need + (need >> 1));

export const roomFloat = (old: Floats, need: number): Floats =>
  old.length >= need ? old : new Float64Array(need + (need >> 1));

export const roomByte = (old: Bytes, need: number): Bytes =>
  old.length >= need ? old : new Uint8Array(need + (need >> 1));

export const wider = (old: Ints, need: number): Ints => {
  if (old.length >= need) return old;
  const wide = new Int32Array(need + (need >> 1));
  wide.set(old);
  return wide;
};

export const widerFloat = (old: Floats, need: number): Floats => {
  if (old.length >= need) return old;
  const wide = new Float64Array(need + (need >> 1));
  wide.set(old);
  return wide;
};
