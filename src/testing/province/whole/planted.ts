/**
 * What a whole site hides in its articles. Kinds of fault are what an inspection should find; kinds of trap look like
 * faults to a hasty one. Neither name is ever served.
 */
export const FAULTS = {
  deadPage: 'dead',
  deadFile: 'dead',
  deadPicture: 'dead',
  broken: 'dead',
  soft404: 'soft404',
  lyingFile: 'soft404',
  toHome: 'redirectHome',
  wrongTarget: 'wrongTarget',
  expression: 'protectedName',
  typo: 'typo',
  identityNumber: 'personalData',
  impossibleDate: 'date',
} as const;
export type Fault = keyof typeof FAULTS;

export const TRAPS = [
  'moved',
  'wall',
  'headRefused',
  'busyOnce',
  'botsOnly',
  'goodFile',
  'badChecksum',
  'officePhone',
  'leapDay',
] as const;
export type Trap = (typeof TRAPS)[number];

export type PlantedKind = Fault | Trap;

export const FAULT_KINDS = Object.keys(FAULTS) as Fault[];

/** One planted thing, in one article. */
export interface Planted {
  readonly kind: PlantedKind;
  /** The article that carries it. */
  readonly articleId: number;
  /** Path that the link leads to; null for a sentence. */
  readonly target: string | null;
  /** Words of the link, or the wrong words of the sentence. */
  readonly words: string;
  /** The sentence in which it stands, as plain text; for a link, what stands before it. */
  readonly sentence: string;
}
