/** Parameters of Punycode for domain names (RFC 3492 §5). */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
const CODE_POINT_MAX = 0x10_ffff;
/** A label has at most 63 octets (RFC 1035 §2.3.4). */
const LABEL_MAX = 63;

/** A domain name as people write it: `xn--` labels in Unicode; a label that cannot be decoded stands as it is. */
export function readableDomain(name: string): string {
  return name
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join('.');
}

/** RFC 3492 §6.2. */
function decodeLabel(encoded: string): string | null {
  if (encoded.length > LABEL_MAX) return null;
  const cut = encoded.lastIndexOf('-');
  const output = [...encoded.slice(0, Math.max(0, cut))].map((each) => each.codePointAt(0)!);
  let [n, i, bias] = [INITIAL_N, 0, INITIAL_BIAS];
  let at = cut + 1;
  while (at < encoded.length) {
    const before = i;
    for (let [weight, k] = [1, BASE]; ; k += BASE) {
      const digit = Number.parseInt(encoded[at] ?? '', BASE);
      if (Number.isNaN(digit)) return null;
      at += 1;
      // Letters are 0–25 and digits 26–35 in Punycode; the other way round in parseInt.
      const value = digit < 10 ? digit + 26 : digit - 10;
      i += value * weight;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (value < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    if (n > CODE_POINT_MAX || (n >= 0xd800 && n <= 0xdfff)) return null;
    i %= length;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

/** RFC 3492 §6.1. */
function adapt(difference: number, length: number, isFirst: boolean): number {
  let delta = isFirst ? Math.floor(difference / DAMP) : difference >> 1;
  delta += Math.floor(delta / length);
  let k = 0;
  for (; delta > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE)
    delta = Math.floor(delta / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * delta) / (delta + SKEW));
}
