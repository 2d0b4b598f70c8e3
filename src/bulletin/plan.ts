import type { FrozenRound } from '../inspection/index.ts';
import type { Store } from '../store/store.ts';
import { newestBlocks } from './block.repository.ts';
import type { BuiltBulletin } from './bulletin.repository.ts';
import type { Bulletin } from './bulletin.ts';
import { composeWithRefs, type Plan } from './compose-bulletin.ts';
import { placeOf } from './place.ts';
import { compileTemplate } from './template/compile-template.ts';
import type { FreeBlock } from './template/compose-text.ts';
import { FOUNDING } from './template/founding.ts';
import { readTemplate, type TemplateDeps } from './template/read-templates.ts';

/** What the office put between the computed parts of a period, as it is printed: an annotation says that it is one. */
export async function readFree(store: Store, period: string): Promise<readonly FreeBlock[]> {
  return (await newestBlocks(store.db, period))
    .filter(({ removed }) => !removed)
    .map(({ block, after, kind, text }) => ({
      id: block,
      after,
      text: kind === 'annotation' ? `（注：${text}）` : text,
    }));
}

/** The template and the office's blocks with which a period's bulletin is put together now. */
export async function readPlan(
  deps: { store: Store } & TemplateDeps,
  period: string,
  template: string | undefined,
): Promise<Plan> {
  return { template: await readTemplate(deps, template), free: await readFree(deps.store, period) };
}

/** The template that was kept with a build; `free` = what the office had put between. */
export function keptPlan({ template, period, free }: BuiltBulletin): Plan {
  return {
    template: template === null ? FOUNDING : compileTemplate(template, `（${period}）`),
    free,
  };
}

/** A build composed once more from its frozen round and the template that was kept with it: what it is compared with. */
export function composeAgain(build: BuiltBulletin, frozen: FrozenRound): Bulletin {
  const plan = { ...keptPlan(build), free: [] };
  return composeWithRefs(frozen, build.issue ?? {}, placeOf(frozen.roots), plan).bulletin;
}
