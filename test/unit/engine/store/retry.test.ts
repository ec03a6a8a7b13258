import { failureOf, isBadData, retryTransient } from '../../../../engine/store/retry';

const coded = (code: string, message = code, more = {}) => Object.assign(new Error(message), { code, ...more });
const sqlite = (errcode: number, message: string) => coded('ERR_SQLITE_ERROR', message, { errcode });

describe('why a transaction failed', () => {
	it.each([
		coded('ECONNREFUSED'),
		coded('ECONNRESET'),
		coded('57P01', 'terminating connection due to administrator command'),
		coded('57P03', 'the database system is starting up'),
		coded('53300', 'sorry, too many clients already'),
		coded('25006', 'cannot execute INSERT in a read-only transaction'),
		new Error('Connection terminated unexpectedly'),
		new Error('Client has encountered a connection error and is not queryable'),
		new Error('timeout exceeded when trying to connect'),
		sqlite(5, 'database is locked'),
		sqlite(261, 'database is locked'), // SQLITE_BUSY_RECOVERY
		new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
	])('%s: the database is away', (error) => expect(failureOf(error)).toBe('away'));

	it.each([
		coded('40001'),
		coded('40P01', 'deadlock detected'),
		coded('23505', 'duplicate key value violates unique constraint'),
		sqlite(2067, 'UNIQUE constraint failed: inbound.claim'),
	])('%s: another transaction was first', (error) => expect(failureOf(error)).toBe('conflict'));

	it.each([
		coded('42P01', 'relation does not exist'),
		coded('22021', 'invalid byte sequence'),
		sqlite(1, 'no such table'),
		sqlite(1299, 'NOT NULL constraint failed'),
		new Error('a bug'),
		new AggregateError([new Error('a bug')]),
		'a string',
		null,
		undefined,
	])('%s: nothing a repetition would mend', (error) => expect(failureOf(error)).toBe('final'));

	it('reads errors of another realm', () => {
		expect(failureOf({ code: 'ERR_SQLITE_ERROR', errcode: 5, message: 'database is locked' })).toBe('away');
	});

	it.each([
		coded('22021', 'invalid byte sequence for encoding "UTF8": 0x00'),
		coded('22003', 'out of range'),
		coded('23502', 'null value'),
		coded('54000', 'index row size exceeds btree maximum'),
		coded('ERR_INVALID_ARG_TYPE', 'Provided value cannot be bound to SQLite parameter 1.'),
		sqlite(18, 'string or blob too big'),
	])('%s: the data is to blame', (error) => expect(isBadData(error)).toBe(true));

	it.each([
		coded('53100', 'disk full'),
		coded('ECONNRESET'),
		sqlite(13, 'database or disk is full'),
		new TypeError('a bug'),
		null,
	])('%s: the data is not to blame', (error) => expect(isBadData(error)).toBe(false));
});

describe('repeating a transaction', () => {
	const failing = (times: number, error: Error) => {
		let calls = 0;
		const work = async () => {
			if (calls++ < times) throw error;
			return calls;
		};
		return { work, calls: () => calls };
	};

	it('goes on once a conflict has passed', async () => {
		expect(await retryTransient(failing(3, coded('40P01')).work, () => false)).toBe(4);
	});

	it('goes on once the database is back', async () => {
		expect(await retryTransient(failing(1, coded('ECONNREFUSED')).work, () => false)).toBe(2);
	});

	it('gives up on the eighth conflict: then it is a real one', async () => {
		const { work, calls } = failing(100, coded('23505', 'duplicate key'));
		await expect(retryTransient(work, () => false)).rejects.toThrow('duplicate key');
		expect(calls()).toBe(8);
	});

	it('never repeats an error of another kind', async () => {
		const { work, calls } = failing(100, new Error('a bug'));
		await expect(retryTransient(work, () => false)).rejects.toThrow('a bug');
		expect(calls()).toBe(1);
	});

	it('does not wait for a store that was closed', async () => {
		const { work, calls } = failing(100, coded('ECONNREFUSED'));
		await expect(retryTransient(work, () => true)).rejects.toThrow('ECONNREFUSED');
		expect(calls()).toBe(1);
	});
});
