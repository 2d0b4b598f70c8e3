const CENTI = 100;

/** Centipoints as points (分) for people: `85.5`, `100`, `-0.25`; no zeros at the end. */
export function formatPoints(centipoints: number): string {
  const rest = String(Math.abs(centipoints) % CENTI)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const whole = `${centipoints < 0 ? '-' : ''}${Math.trunc(Math.abs(centipoints) / CENTI)}`;
  return rest === '' ? whole : `${whole}.${rest}`;
}
