import { writeFile } from 'node:fs/promises';
import type { ProvincePlan } from '../plan/province-plan.ts';
import { modelOf } from '../sites/site-model.ts';
import { truthOf } from './truth.ts';

/** The same province with whole sites of about so many pages each, faults and temptations in their articles. */
export function growProvince(plan: ProvincePlan, pages: number): ProvincePlan {
  return {
    ...plan,
    sites: plan.sites.map((site) => ({
      ...site,
      web: site.web && { ...site.web, whole: { pages } },
    })),
  };
}

/** Writes the truth of all sites as JSON lines: for an examiner, beside what the inspecting side gets. */
export async function writeTruth(plan: ProvincePlan, file: string): Promise<void> {
  const rows = plan.sites.flatMap(({ web }) => (web && !web.trap ? truthOf(modelOf(web)) : []));
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
