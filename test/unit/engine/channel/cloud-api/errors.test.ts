import { ERROR_TABLE } from '../../../../../engine/channel/cloud-api/error-table';
import { classify, explainError } from '../../../../../engine/channel/cloud-api/errors';
import { statusOf } from './fixture';

const graphError = (code: number, more: object = {}) => ({
	error: { message: `(#${code}) Something`, type: 'OAuthException', code, fbtrace_id: 'A', ...more },
});

const DOCUMENTED = [
	0, 1, 2, 4, 10, 33, 100, 190, 368, 80007, 130429, 130472, 130497, 131000, 131005, 131008, 131009, 131016, 131021,
	131026, 131030, 131031, 131037, 131042, 131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131056,
	131057, 131059, 131060, 131061, 131062, 131064, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018,
	133004, 133010, 133016, 135000, 137000,
];

describe('meaning of an error (D-19)', () => {
	it.each(DOCUMENTED)('%d is explained by a sentence that says what to do', (code) => {
		expect(ERROR_TABLE[code]!.explanation).toMatch(/^\p{Lu}.+[.:)] .+\.$/u);
	});

	it.each([
		[130429, { kind: 'backoff', minMs: 1000, scope: 'channel' }],
		[131056, { kind: 'backoff', minMs: 1000, scope: 'contact' }],
		[131057, { kind: 'backoff', minMs: 60_000, scope: 'channel' }],
		[131016, { kind: 'backoff', minMs: 10_000, scope: 'channel' }],
		[131000, { kind: 'backoff', minMs: 5000, scope: 'contact' }],
		[80007, { kind: 'backoff', minMs: 300_000, scope: 'channel' }],
		[190, { kind: 'fix' }],
		[200, { kind: 'fix' }],
		[299, { kind: 'fix' }],
		[131042, { kind: 'fix' }],
		[133010, { kind: 'fix' }],
		[131047, { kind: 'never' }],
		[131026, { kind: 'never' }],
		[131050, { kind: 'never' }],
		[100, { kind: 'never' }],
		[424242, { kind: 'never' }],
	])('%d advises %o', (code, retry) => {
		expect(explainError({ code }).retry).toEqual(retry);
	});

	it('classes every documented code: never again, after somebody mended it, or by itself later', () => {
		const classes = { never: [] as number[], fix: [] as number[], backoff: [] as number[] };
		for (const code of DOCUMENTED) classes[explainError({ code }).retry.kind].push(code);
		expect(classes).toEqual({
			never: [
				...[100, 130472, 130497, 131008, 131009, 131021, 131026, 131047, 131049, 131050, 131051, 131052, 131053],
				...[131059, 131060, 131061, 131062, 132000, 132005, 132007, 132012, 132016, 132018, 135000, 137000],
			],
			fix: [
				...[0, 10, 33, 190, 368, 131005, 131030, 131031, 131037, 131042, 131045, 131048, 132001, 132015, 133010],
				133016,
			],
			backoff: [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 131064, 133004],
		});
	});

	it('says in the words of the source system that a number is not on WhatsApp (V-11)', () => {
		expect(explainError({ code: 131026 }).explanation).toMatch(
			/^Não possui telefone para envio de mensagem: o número não tem WhatsApp/,
		);
	});

	it('asks for a day of patience where the contact got too much marketing', () => {
		expect(explainError({ code: 131049 })).toMatchObject({
			retry: { kind: 'never' },
			explanation: expect.stringContaining('Espere ao menos 24 horas'),
		});
	});

	it('brings the details along where the sentence points to them, and only there', () => {
		const details = 'Parameter name:\n to is not a valid phone';
		expect(explainError({ code: 100, details }).explanation).toBe(
			`${ERROR_TABLE[100]!.explanation} Detalhe da Meta: Parameter name: to is not a valid phone`,
		);
		expect(explainError({ code: 131047, details }).explanation).toBe(ERROR_TABLE[131047]!.explanation);
		expect(explainError({ code: 424242, details: 'x'.repeat(1_000) }).explanation.length).toBeLessThan(500);
	});

	it('lengthens the wait for one contact by 4 to the power of the attempt', () => {
		const waits = [0, 1, 2, 3, 9].map((attempt) => {
			const { retry } = explainError({ code: 131056 }, attempt);
			return retry.kind === 'backoff' ? retry.minMs : null;
		});
		expect(waits).toEqual([1000, 4000, 16_000, 64_000, 900_000]);
	});

	it('is the same for a failed status as for an answer', () => {
		const { error } = statusOf('status-failed-window');
		const answered = classify(400, graphError(131047));
		expect(explainError(error!)).toEqual({ retry: { kind: 'never' }, explanation: (answered as any).explanation });
	});

	it.each(['131047', 'unknown', NaN])('accepts a code written as %p', (code) => {
		expect(explainError({ code }).retry).toEqual({ kind: 'never' });
	});
});

describe('reading an answer', () => {
	it('decides by the code, for throttling comes as HTTP 400', () => {
		expect(classify(400, graphError(130429, { error_data: { details: 'Rate limit hit' } }))).toEqual({
			type: 'refused',
			error: { code: 130429, title: '(#130429) Something', details: 'Rate limit hit' },
			retry: { kind: 'backoff', minMs: 1000, scope: 'channel' },
			explanation: ERROR_TABLE[130429]!.explanation,
		});
	});

	it('tells a wrong phone number id from other invalid parameters', () => {
		expect(classify(400, graphError(100, { error_subcode: 33 }))).toMatchObject({ retry: { kind: 'fix' } });
		expect(classify(400, graphError(100))).toMatchObject({ retry: { kind: 'never' } });
	});

	it.each([1, 2, 131000, 131016, 131057, 133004])('takes %d with HTTP 500 as a refusal to try again', (code) => {
		expect(classify(500, graphError(code))).toMatchObject({ type: 'refused', retry: { kind: 'backoff' } });
	});

	it('does not trust a server failure with a code nobody documents', () => {
		expect(classify(500, graphError(999999)).type).toBe('unknown');
		expect(classify(503, '<html>').type).toBe('unknown');
		expect(classify(502, undefined).type).toBe('unknown');
		expect(classify(200, undefined).type).toBe('unknown');
		expect(classify(408, undefined).type).toBe('unknown');
	});

	it('believes Meta when it calls an unlisted error transient', () => {
		expect(classify(400, graphError(999999, { is_transient: true }))).toMatchObject({ retry: { kind: 'backoff' } });
	});

	it('takes pages that Graph did not write as a wrong address', () => {
		expect(classify(404, undefined)).toMatchObject({ error: { code: 'http404' }, retry: { kind: 'fix' } });
		expect(classify(302, undefined)).toMatchObject({ type: 'refused', retry: { kind: 'fix' } });
		expect(classify(429, undefined)).toMatchObject({ retry: { kind: 'backoff', scope: 'channel' } });
	});

	it.each([null, 5, [], { error: 'x' }, { error: {} }, { error: { code: 'abc' } }])(
		'reads %p as no error of Graph',
		(body) => {
			expect(classify(400, body)).toMatchObject({ error: { code: 'http400' } });
		},
	);
});
