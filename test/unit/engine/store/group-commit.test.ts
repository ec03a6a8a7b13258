import { GroupCommit } from '../../../../engine/store/group-commit';

describe('callers who share transactions', () => {
	const stored: number[][] = [];
	const commits = () =>
		new GroupCommit<number, number>({
			store: async (items) => {
				stored.push([...items]);
				return items.map((item) => -item);
			},
			isBadData: () => false,
			refuse: async () => undefined,
		});
	beforeEach(() => (stored.length = 0));

	it('puts what comes in one turn into one transaction, and answers everybody with their own', async () => {
		const group = commits();
		expect(await Promise.all([group.submit([1, 2]), group.submit([3])])).toEqual([[-1, -2], [-3]]);
		expect(stored).toEqual([[1, 2, 3]]);
	});

	it('takes the next call of whoever was just answered', async () => {
		const group = commits();
		for (let i = 1; i <= 50; i++) expect(await group.submit([i])).toEqual([-i]);
		expect(stored).toHaveLength(50);
		await group.idle();
	});
});
