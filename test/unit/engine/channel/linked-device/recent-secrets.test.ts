import { RecentSecrets } from '../../../../../engine/channel/linked-device/recent-secrets';

describe('the secrets used last', () => {
	it('tells what is missing from what is not known', () => {
		const recent = new RecentSecrets(10_000);
		recent.set('session/a', 'ratchet');
		recent.set('session/b', null);
		expect(['a', 'b', 'c'].map((id) => recent.get(`session/${id}`))).toEqual(['ratchet', null, undefined]);
		recent.forget('session/a');
		expect(recent.get('session/a')).toBeUndefined();
	});

	it('drops what nobody needed for longest once it is full', () => {
		const recent = new RecentSecrets(3_000);
		for (const id of ['a', 'b', 'c']) recent.set(id, 'x'.repeat(800));
		recent.get('a');
		recent.set('d', 'x'.repeat(800));
		expect(['a', 'b', 'c', 'd'].map((id) => recent.get(id)?.length)).toEqual([800, undefined, 800, 800]);
	});

	it('counts a secret once, however often it is written', () => {
		const recent = new RecentSecrets(3_000);
		recent.set('a', 'x'.repeat(1_000));
		for (let i = 0; i < 100; i++) recent.set('b', 'x'.repeat(1_000));
		expect([recent.get('a')?.length, recent.get('b')?.length]).toEqual([1_000, 1_000]);
	});

	it('keeps nothing that is larger than all it may keep', () => {
		const recent = new RecentSecrets(500);
		recent.set('a', 'x');
		recent.set('b', 'x'.repeat(1_000));
		expect(recent.get('b')).toBeUndefined();
	});
});
