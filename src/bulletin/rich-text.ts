import type * as template from '../lib/pure/template/rich.ts';

export { plainOf, rich } from '../lib/pure/template/rich.ts';

/** Which rows stand behind a figure of the text. Every field narrows; all of them go into an address as they are. */
export interface RowsRef {
  readonly rows:
    | 'sites'
    | 'accounts'
    | 'failing-sites'
    | 'failing-accounts'
    | 'undetermined'
    | 'repeat';
  /** Only what was checked. */
  readonly checked?: boolean;
  readonly ruleId?: string;
  /** A unit and all below it. */
  readonly unitId?: number;
  readonly printRow?: string;
  /** Only accounts of this platform. */
  readonly platform?: string;
  /** Only those that have just these problems at once, in the words of the text. */
  readonly topics?: string;
  /** Only portals that fail by their score. */
  readonly byScore?: boolean;
  /** Only accounts without any item (无动态信息). */
  readonly noItems?: boolean;
  /** Only places whose pass rate is named as 100 %. */
  readonly allSound?: boolean;
}

/** A piece of a paragraph; a figure says which rows it counts. */
export type Run = template.Run<RowsRef>;
export type Rich = template.Rich<RowsRef>;
