import { PICTURE } from '../../src/testing/facts/picture.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import { asForm } from './city-offices.ts';

const V1 = '/api/v1';
/** A sight that says something. */
export const SIGHT = {
  ...{ observedAt: '2020-09-17T10:30:00+08:00', newestOn: 'none', ways: [], testedAt: null },
  ...{ repliedAt: null, isThere: true, name: null, operator: null, certified: null },
  ...{ followers: null, ads: null, originalOn: null, opens: null, note: null, picture: null },
};

/** Somebody uploads a picture of an account and says what he saw, each done once, with the rows that it leaves. */
export function observationSteps(person: TestBrowser) {
  const account = async (): Promise<string> => {
    const { body } = await person.call('GET', `${V1}/accounts?limit=1`);
    return `${V1}/accounts/${(body as { items: { id: number }[] }).items[0]!.id}`;
  };
  return [
    {
      operation: `POST ${V1}/accounts/{id}/pictures`,
      leaves: ['observation.picture'],
      does: async () =>
        person.call('POST', `${await account()}/pictures`, ...asForm('截图.png', PICTURE)),
    },
    {
      operation: `POST ${V1}/accounts/{id}/observations`,
      leaves: ['observation.enter'],
      does: async () => person.call('POST', `${await account()}/observations`, SIGHT),
    },
    {
      operation: `POST ${V1}/observations/{id}/withdrawal`,
      leaves: ['observation.withdraw'],
      does: async () => {
        const { body } = await person.call('GET', `${await account()}/observations`);
        const [seen] = (body as { items: { id: number }[] }).items;
        return person.call('POST', `${V1}/observations/${seen!.id}/withdrawal`, { reason: '看错' });
      },
    },
  ];
}
