import process from 'node:process';
import { sql } from 'kysely';
import { openEmbeddedStore } from '../store/open-embedded-store.ts';

/** Writes rows and says how many are committed, until somebody kills it (a test of the store). */
const store = await openEmbeddedStore(process.argv[2] ?? '');
const ROWS_MAX = 100_000;
for (let count = 1; count <= ROWS_MAX; count += 1) {
  await store.transaction((trx) =>
    sql`insert into audit (actor, action, detail) values (${`第${count}行`}, 'test', '{}')`.execute(
      trx,
    ),
  );
  process.stdout.write(`${count}\n`);
}
