/** Unit (单位): a node of the tree province → city/department → county/bureau → township. */
export interface Unit {
  readonly id: number;
  readonly name: string;
  /** Null for a root. */
  readonly parentId: number | null;
  /** Other names that mean the same unit, e.g. 湘西土家族苗族自治州 for 湘西自治州. */
  readonly aliases: readonly string[];
  /** Print row (通报行): the group under which a bulletin prints the unit and everything below it; inherited when null. */
  readonly printRow: string | null;
  /** Print order (打印次序) inside the registry; a print row stands where its first unit stands. */
  readonly printOrder: number;
  /** Division code (区划代码), six digits, or null when the register does not say. */
  readonly divisionCode: string | null;
}
