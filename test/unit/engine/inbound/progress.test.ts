import fc from 'fast-check';
import { Progress } from '../../../../engine/inbound/progress';

const fresh = (cursor = 0, done: number[] = []) => new Progress(cursor, new Set(done));

describe('how far a trigger has got (D3)', () => {
	it('follows what it looked at while nothing is open', () => {
		const progress = fresh(10);
		progress.look(11, false);
		progress.look(15, false);
		expect(progress.cursor).toBe(15);
	});

	it('stays before the first row that has not ended', () => {
		const progress = fresh();
		for (const seq of [1, 2, 3]) progress.look(seq, true);
		progress.end([2, 3]);
		expect([progress.cursor, progress.openCount]).toEqual([0, 1]);
		progress.end([1]);
		expect([progress.cursor, progress.openCount]).toEqual([3, 0]);
	});

	it('does not run again what ended before a restart', () => {
		const progress = fresh(4, [6]);
		expect([5, 6, 7].map((seq) => progress.look(seq, true))).toEqual([true, false, true]);
		progress.end([5]);
		expect(progress.cursor).toBe(6);
	});

	it('keeps the cursor before rows it has not looked at, although a later one ended', () => {
		const progress = fresh(10);
		progress.end([14]);
		expect(progress.cursor).toBe(10);
		expect(progress.look(12, true)).toBe(true);
		expect(progress.look(14, true)).toBe(false);
		expect(progress.cursor).toBe(11);
	});

	it('takes the same end twice', () => {
		const progress = fresh();
		progress.look(1, true);
		progress.look(2, true);
		progress.end([1, 1]);
		progress.end([1]);
		expect([progress.cursor, progress.openCount]).toEqual([1, 1]);
	});

	it('never passes a row that has not ended, and reaches the last one in the end', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.infiniteStream(fc.nat()), (mine, random) => {
				const progress = fresh();
				const open = new Set<number>();
				mine.forEach((isMine, i) => {
					if (progress.look(i + 1, isMine)) open.add(i + 1);
					if (open.size > 0 && random.next().value! % 3 === 0) {
						const ended = [...open][random.next().value! % open.size]!;
						open.delete(ended);
						progress.end([ended]);
					}
					expect(progress.cursor).toBe(open.size > 0 ? Math.min(...open) - 1 : i + 1);
					expect(progress.openCount).toBe(open.size);
				});
				progress.end([...open]);
				expect(progress.cursor).toBe(mine.length);
			}),
		);
	});
});
