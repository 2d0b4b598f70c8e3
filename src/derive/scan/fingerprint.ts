/** Shingles that vote; more cost time and hardly change the result. */
const SAMPLES = 400;

/**
 * A 64-bit SimHash of a text's three-character shingles as 16 hex digits: nearly equal texts differ in few bits (up to about 6),
 * others in about 32 (Charikar 2002; Manku, Jain, Das Sarma, WWW 2007). Only shingles whose hash ends in zeros vote, about {@link SAMPLES}
 * of them whatever the length, so that an inserted word moves no sample. Blanks do not count. Null without words.
 */
export function fingerprintOf(text: string): string | null {
  const mask = sampleMask(text.length);
  const votes = new Int32Array(64);
  let [first, second] = [0, 0];
  let [units, sampled] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const third = text.charCodeAt(at);
    if (third <= 32 || third === 0xa0 || third === 0x3000) continue;
    units += 1;
    const mixed = mix(
      Math.imul(first, 0x9e37_79b1) ^
        Math.imul(second, 0x85eb_ca6b) ^
        Math.imul(third, 0xc2b2_ae35),
    );
    first = second;
    second = third;
    if ((mixed & mask) !== 0) continue;
    sampled += 1;
    vote(votes, mixed);
  }
  if (units === 0) return null;
  if (sampled === 0) vote(votes, mix(units));
  return digits(votes, 32) + digits(votes, 0);
}

function sampleMask(length: number): number {
  let mask = 0;
  while (length / (mask + 1) > SAMPLES) mask = mask * 2 + 1;
  return mask;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}

function vote(votes: Int32Array, seed: number): void {
  const low = mix(seed ^ 0x2545_f491);
  const high = mix(seed ^ 0x7feb_352d);
  for (let bit = 0; bit < 32; bit += 1) {
    votes[bit]! += ((low >>> bit) & 1) * 2 - 1;
    votes[bit + 32]! += ((high >>> bit) & 1) * 2 - 1;
  }
}

function digits(votes: Int32Array, from: number): string {
  let word = 0;
  for (let bit = 0; bit < 32; bit += 1) if (votes[from + bit]! > 0) word |= 1 << bit;
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** How many of 64 bits differ between two fingerprints. */
export function fingerprintDistance(one: string, other: string): number {
  let distance = 0;
  for (let at = 0; at < 16; at += 8) {
    let differing =
      (Number.parseInt(one.slice(at, at + 8), 16) ^
        Number.parseInt(other.slice(at, at + 8), 16)) >>>
      0;
    for (; differing !== 0; differing &= differing - 1) distance += 1;
  }
  return distance;
}
