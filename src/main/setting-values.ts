import { z } from 'zod';

/** How values of environment variables are written, and what they become. */

export const PORT_MAX = 65_535;
const TEXT_MAX = 1000;

/** A whole number within limits, as a person writes it. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max));

const UNITS = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** `500GB`, `2TB` or bare bytes; powers of ten, as disks are sold. */
export const bytes = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,3})? ?([KMGT]B)?$/i)
  .transform((size) => {
    const unit = /[KMGT]B$/i.exec(size)?.[0].toUpperCase() ?? '';
    return Math.floor(Number.parseFloat(size) * UNITS[unit as keyof typeof UNITS]);
  });

export const text = z.string().max(TEXT_MAX);
export const webAddress = z.url({ protocol: /^https?$/ }).max(TEXT_MAX);
export const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(PORT_MAX));
