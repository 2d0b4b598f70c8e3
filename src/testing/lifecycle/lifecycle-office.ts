import { writeCsv } from '../../documents/workbook.ts';
import type { Actor, Role } from '../../domain/actor.ts';
import { permissionsOf } from '../../identity/abilities.ts';
import { DEFAULT_LIFECYCLE_POLICY, type LifecycleDeps } from '../../lifecycle/index.ts';
import { importRegistry, listUnits, unitsBelow } from '../../registry/index.ts';
import { actorWith } from '../as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../temporary-store.ts';

const UNITS = [
  ['单位名称', '上级单位', '通报行', '区划代码'],
  ['湖南省', '', '省直部门', '430000'],
  ['岳阳市', '湖南省', '岳阳市', '430600'],
  ['平江县', '岳阳市', '', '430626'],
  ['平江县教育局', '平江县', '', ''],
  ['长沙市', '湖南省', '长沙市', '430100'],
];
const SITES = [
  ['网站名称', '网站标识码', '主办单位', '首页网址'],
  ['岳阳市门户', '4306000001', '岳阳市', 'http://yy.test/'],
];
const ACCOUNTS = [
  ['平台', '账号名称', '账号ID', '主办单位', '信源种类'],
  ['微信公众号', '岳阳发布', 'gh_yy', '岳阳市', '无'],
  ['抖音号', '岳阳抖音', 'dy_yy', '岳阳市', '无'],
  ['微信公众号', '平江发布', 'gh_pj', '平江县', '无'],
  ['微信公众号', '长沙发布', 'gh_cs', '长沙市', '无'],
];

/** A province's register and its people, for tests of what they do with accounts. */
export class LifecycleOffice implements LifecycleDeps {
  readonly store: LifecycleDeps['store'];
  readonly lifecycle = DEFAULT_LIFECYCLE_POLICY;
  readonly #opened: TemporaryStore;
  readonly #units: ReadonlyMap<string, number>;
  #people = 0;

  private constructor(opened: TemporaryStore, units: ReadonlyMap<string, number>) {
    this.#opened = opened;
    this.#units = units;
    this.store = opened.store;
  }

  /** `since`: from when the register holds (Asia/Shanghai). */
  static async open(since = '2025-12-20'): Promise<LifecycleOffice> {
    const opened = await temporaryStore();
    const file = (name: string, rows: readonly (readonly string[])[]) => ({
      name,
      bytes: writeCsv(rows),
    });
    const files = [
      ...[file('单位.csv', UNITS), file('网站.csv', SITES), file('新媒体.csv', ACCOUNTS)],
    ];
    await importRegistry(opened, '测试', { files, dryRun: false, today: since });
    const units = await listUnits(opened.store.db);
    return new LifecycleOffice(opened, new Map(units.map(({ name, id }) => [name, id])));
  }

  unit(name: string): number {
    const id = this.#units.get(name);
    if (id === undefined) throw new Error(`名录里没有“${name}”。`);
    return id;
  }

  /** Somebody of a role and unit, each a person of his own; of the whole province when the unit is its root. */
  async person(role: Role, unitName: string): Promise<Actor> {
    this.#people += 1;
    const unitId = this.unit(unitName);
    const seesAll = unitName === '湖南省' && (role === 'supervisor' || role === 'inspector');
    return actorWith({
      ...{ userId: this.#people, login: `user${this.#people}`, name: `${role}${this.#people}` },
      ...{ roles: [role], unitId, unitName, can: permissionsOf([role], { seesAll }) },
      scope: seesAll ? 'all' : new Set(await unitsBelow(this.store.db, unitId)),
    } as never);
  }

  remove(): Promise<void> {
    return this.#opened.remove();
  }
}
