import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openAuthState } from '../../../../../engine/channel/linked-device/auth-state';
import { systemClock } from '../../../../../engine/clock';
import { openStore } from '../../../../../engine/store/open-store';
import { compileTree, type CompiledTree } from '../../../../support/compile-tree';
import { STORES, type TestStore } from '../../../../support/each-store';
import { DEVICE, ownSession, SESSION_KEY } from '../../../../support/linked-session';
import type { SecretWriterSettings } from '../../../../support/processes/secret-writer';
import { seededRandom } from '../../../../support/seeded-random';

const KILLS = 5;

describe.each(STORES)('a process that is killed while it writes keys, on $name', ({ create }) => {
	let tree: CompiledTree;
	let place: TestStore;

	beforeAll(() => (tree = compileTree(['engine', 'test/support'])));
	afterAll(() => tree.remove());
	beforeEach(async () => (place = await create()));
	afterEach(() => place.drop());

	/** The last set that was said to be durable. */
	async function writeAndDie(from: number, sets: number): Promise<number> {
		const settings: SecretWriterSettings = { store: place.settings, from };
		const child = fork(tree.file('test/support/processes/secret-writer'), [JSON.stringify(settings)], {
			env: tree.env,
		});
		let last = from - 1;
		child.on('message', (n: number) => {
			last = n;
			if (n === from + sets) child.kill('SIGKILL');
		});
		await once(child, 'close');
		return last;
	}

	it('has everything that it was told is stored, and no set by halves', async () => {
		const random = seededRandom(20270315);
		const store = await openStore(place.settings, systemClock);
		await ownSession(store);
		let from = 0;
		for (let kill = 0; kill < KILLS; kill++) {
			const last = await writeAndDie(from, Math.floor(random() * 60));
			const auth = await openAuthState(store, DEVICE, { current: SESSION_KEY }, () => 1);
			if (auth.type !== 'ok') throw new Error(auth.type);
			const { keys, creds } = auth.state;
			const lists = await keys.get('device-list', ['a', 'b', 'c']);
			const stored = Number(lists['a']![0]);
			expect(stored).toBeGreaterThanOrEqual(last);
			expect(lists).toEqual({ a: [String(stored)], b: [String(stored)], c: [String(stored)] });
			expect(creds.nextPreKeyId).toBeGreaterThanOrEqual(last);
			const all = Array.from({ length: stored + 1 }, (_, n) => String(n));
			expect(await keys.get('lid-mapping', all)).toEqual(Object.fromEntries(all.map((n) => [n, n])));
			from = stored + 1;
		}
		await store.close();
	});
});
