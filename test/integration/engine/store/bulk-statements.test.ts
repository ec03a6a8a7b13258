import { systemClock } from '../../../../engine/clock';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { insertMany, oneOf, updateMany } from '../../../../engine/store/sql';
import { STORES, type TestStore } from '../../../support/each-store';

describe.each(STORES)('many rows in one statement on $name', ({ create }) => {
	let place: TestStore;
	let store: Store;

	beforeEach(async () => {
		place = await create();
		store = await openStore(place.settings, systemClock);
	});
	afterEach(async () => {
		await store.close();
		await place.drop();
	});

	const people = (count: number) =>
		Array.from({ length: count }, (_, i) => ({
			id: `cnt_${String(i).padStart(3, '0')}`,
			name: i % 2 === 0 ? `Ana ${i}` : null,
			name_given: i % 3 === 0 ? 1 : 0,
			phone: null,
			created_at: 1_773_144_000_000 + i,
			updated_at: i,
		}));
	const stored = () => store.db.selectFrom('contact').selectAll().orderBy('id').execute();

	it.each([0, 1, 7, 64, 65, 200])('stores %i rows as they are', async (count) => {
		await store.transaction((tx) => insertMany(tx, 'contact', people(count)));
		expect(await stored()).toEqual(people(count));
	});

	it('keeps what is left of a broken emoji, in every text of the row', async () => {
		const person = { ...people(1)[0]!, name: `Ana \ud83d "\\n" 😀` };
		await store.transaction((tx) => insertMany(tx, 'contact', [person]));
		expect((await stored())[0]!.name).toBe('Ana \ufffd "\\n" 😀');
	});

	it('leaves alone what the conflict clause says', async () => {
		await store.transaction((tx) => insertMany(tx, 'contact', people(3)));
		const renamed = people(5).map((person) => ({ ...person, name: 'Bruno' }));
		await store.transaction((tx) => insertMany(tx, 'contact', renamed, 'on conflict (id) do nothing'));
		expect((await stored()).map(({ name }) => name)).toEqual(['Ana 0', null, 'Ana 2', 'Bruno', 'Bruno']);
	});

	it('gives every row its own values, null among them', async () => {
		await store.transaction((tx) => insertMany(tx, 'contact', people(100)));
		const changes = people(100).map(({ id }, i) => ({ id, name: i < 99 ? `Carla ${i}` : null, updated_at: 5_000 + i }));
		await store.transaction((tx) => updateMany(tx, 'contact', changes));
		expect(await stored()).toEqual(people(100).map((person, i) => ({ ...person, ...changes[i] })));
	});

	it('finds rows by a list of any length', async () => {
		await store.transaction((tx) => insertMany(tx, 'contact', people(300)));
		const find = async (ids: string[]) =>
			(
				await store.read((db) =>
					db
						.selectFrom('contact')
						.select('id')
						.where(oneOf(db, 'id', ids))
						.orderBy('id')
						.execute(),
				)
			).map(({ id }) => id);
		expect(await find([])).toEqual([]);
		expect(await find(['cnt_007', 'cnt_001', 'nobody', "O'Hara"])).toEqual(['cnt_001', 'cnt_007']);
		expect(await find(people(300).map(({ id }) => id))).toHaveLength(300);
	});
});
