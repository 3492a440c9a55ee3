// Random bytes that are a function of a seed: the splitmix64 stream (Steele, Lea, Flood 2014), as
// the C runtime has it. Each filling begins with a new word, little endian, and drops what is left
// of its last.

const MASK = 0xffff_ffff_ffff_ffffn;

export class Dice {
  private state: bigint;

  constructor(seed: bigint) {
    this.state = seed & MASK;
  }

  private next(): bigint {
    this.state = (this.state + 0x9e37_79b9_7f4a_7c15n) & MASK;
    let z = this.state;
    z = ((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn) & MASK;
    return z ^ (z >> 31n);
  }

  fill(bytes: Uint8Array): void {
    const word = new Uint8Array(8);
    const view = new DataView(word.buffer);
    for (let at = 0; at < bytes.length; at += 8) {
      view.setBigUint64(0, this.next(), true);
      bytes.set(word.subarray(0, Math.min(8, bytes.length - at)), at);
    }
  }
}
