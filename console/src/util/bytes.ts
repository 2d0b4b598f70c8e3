const UNITS = ['字节', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size in the unit that keeps it below 1024: 1.2 MB. */
export function bytesText(bytes: number): string {
  const step = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}
