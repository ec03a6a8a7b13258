import { inOrder } from '../../../../../engine/channel/linked-device/in-order';

/** A mapping whose first store takes long, as the first message of a person makes it. */
class Mapping {
	readonly told: string[] = [];
	#slow = true;

	async getPNForLID(lid: string): Promise<string | null> {
		await Promise.resolve();
		return `of ${lid}`;
	}

	async storeLIDPNMappings(pairs: string[]): Promise<void> {
		const rounds = this.#slow ? 20 : 1;
		this.#slow = false;
		for (let round = 0; round < rounds; round++) await Promise.resolve();
		this.told.push(`stored ${pairs.join()}`);
	}

	close(): string {
		return `closed after ${this.told.length}`;
	}
}

describe('the steps before a message is opened', () => {
	const rig = () => {
		const mapping = new Mapping();
		const migrateSession = async (from: string) => {
			await Promise.resolve();
			mapping.told.push(`moved ${from}`);
		};
		const repository = inOrder({ lidMapping: mapping, migrateSession, other: 'as it was' });
		const prepare = async (name: string) => {
			await repository.lidMapping.storeLIDPNMappings([name]);
			await repository.migrateSession(name);
			mapping.told.push(`ready ${name}`);
		};
		return { mapping, repository, prepare };
	};

	it('end in the order in which they began, however long the first takes (D-15)', async () => {
		const { mapping, prepare } = rig();
		await Promise.all([prepare('um'), prepare('dois')]);
		expect(mapping.told.filter((line) => line.startsWith('ready'))).toEqual(['ready um', 'ready dois']);
	});

	it('go on after one that failed', async () => {
		const mapping = new Mapping();
		mapping.storeLIDPNMappings = () => Promise.reject(new Error('away'));
		const repository = inOrder({ lidMapping: mapping, migrateSession: async () => undefined });
		const failed = expect(repository.lidMapping.storeLIDPNMappings(['um'])).rejects.toThrow('away');
		expect(await repository.lidMapping.getPNForLID('9@lid')).toBe('of 9@lid');
		await failed;
	});

	it('leave everything else as it is', async () => {
		const { repository } = rig();
		expect(repository.other).toBe('as it was');
		expect(repository.lidMapping.close()).toBe('closed after 0');
		expect(await repository.lidMapping.getPNForLID('9@lid')).toBe('of 9@lid');
	});
});
