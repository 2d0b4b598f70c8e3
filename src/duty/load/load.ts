/** What one unit has to do in a period, and what came of it. Null = nobody knows: it is not nought. */
export interface LoadFigures {
  /** Sites and accounts in its charge, as it stands today. */
  readonly subjects: number;
  /** People on posts; null where nobody is entered. */
  readonly people: number | null;
  /** Breaches that stand; null where no round of the period is frozen. */
  readonly findings: number | null;
  /** Cases noticed in the period; null where no notice was issued to anybody. */
  readonly cases: number | null;
  readonly mendedInTime: number | null;
  readonly late: number | null;
  readonly repeated: number | null;
  readonly measures: number;
  /** Confirmations of regulations owed and given; null where nobody was asked. */
  readonly asked: number | null;
  readonly read: number | null;
  /** 学时 of all its people together; null where no training is recorded. */
  readonly personHours: number | null;
}

export const FIGURES = [
  ...(['subjects', 'people', 'findings', 'cases', 'mendedInTime', 'late', 'repeated'] as const),
  ...(['measures', 'asked', 'read', 'personHours'] as const),
] as const satisfies readonly (keyof LoadFigures)[];
export type FigureName = (typeof FIGURES)[number];

/** What was counted of each unit by itself; a figure that nobody knows of it is missing. */
export type OwnFigures = ReadonlyMap<number, Partial<Record<FigureName, number>>>;

/** Sums of units with all below them. `known` names the figures of which a unit without an entry has none, rather than an unknown number. */
export function sumLoad(
  ids: ReadonlySet<number>,
  own: OwnFigures,
  known: ReadonlySet<FigureName>,
): LoadFigures {
  const sums = new Map<FigureName, number>();
  for (const name of known) sums.set(name, 0);
  for (const id of ids)
    for (const [name, count] of Object.entries(own.get(id) ?? {}))
      sums.set(name as FigureName, (sums.get(name as FigureName) ?? 0) + count);
  const of = (name: FigureName): number | null => sums.get(name) ?? null;
  return {
    ...{ subjects: of('subjects') ?? 0, people: of('people'), findings: of('findings') },
    ...{ cases: of('cases'), mendedInTime: of('mendedInTime'), late: of('late') },
    ...{ repeated: of('repeated'), measures: of('measures') ?? 0, asked: of('asked') },
    ...{ read: of('read'), personHours: of('personHours') },
  };
}

/** Subjects that one person looks after, to a tenth; null where nobody is entered. */
export const subjectsPerPerson = ({
  subjects,
  people,
}: Pick<LoadFigures, 'subjects' | 'people'>): number | null =>
  people === null || people === 0 ? null : Math.round((10 * subjects) / people) / 10;
