import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './source-files.ts';

/**
 * Files that take longest, about in seconds on two quiet cores. A fresh checkout has no memory of its own, and vitest goes by the
 * size of the file: one of these would run alone at the end. Only the order counts, so the figures may grow old.
 */
const SECONDS: Readonly<Record<string, number>> = {
  'test/pipeline/seed.test.ts': 200,
  'test/e2e/pages.test.ts': 200,
  'test/pipeline/cases.test.ts': 60,
  'test/interface/scope.test.ts': 45,
  'test/e2e/supervisor.test.ts': 40,
  'src/main/cli.test.ts': 38,
  'src/gather/browser/hostile-pages.test.ts': 34,
  'test/pipeline/whole-round.test.ts': 30,
  'test/pipeline/whole-sites.test.ts': 30,
  'test/e2e/administrators.test.ts': 26,
  'test/e2e/auditor.test.ts': 25,
  'src/inspection/routes/run-rounds.test.ts': 25,
  'test/e2e/lifecycle.test.ts': 25,
  'test/rectification/year.test.ts': 21,
  'test/e2e/manager.test.ts': 21,
  'test/e2e/oidc.test.ts': 20,
  'test/pipeline/evidence.test.ts': 20,
};

/** Begins with the longest files, of whichever project; the others follow as vitest has them, project by project. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const secondsOf = ({ moduleId }: TestSpecification): number =>
      SECONDS[relative(ROOT, moduleId)] ?? 0;
    return (await super.sort(files)).sort((a, b) => secondsOf(b) - secondsOf(a));
  }
}
