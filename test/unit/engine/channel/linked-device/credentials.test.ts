import {
	haveSameKeys,
	linkedDeviceProblems,
	tidyLinkedDevice,
} from '../../../../../engine/channel/linked-device/credentials';

const KEY = 'k9Jw2mQ4vZ7rT1xB5nL8';
const fields = (data: object) => linkedDeviceProblems({ sessionName: 'atendimento', sessionKey: KEY, ...data });

describe('the credential of a linked device', () => {
	it.each(['a', 'atendimento', 'loja-2', '0800', 'x'.repeat(40)])('"%s" is a name', (sessionName) => {
		expect(fields({ sessionName })).toEqual([]);
	});

	it.each([
		['Atendimento São Paulo', 'atendimento-sao-paulo'],
		['loja_2', 'loja-2'],
		['-loja-', 'loja'],
		['x'.repeat(41), 'x'.repeat(40)],
	])('"%s" is none, and "%s" is proposed', (sessionName, proposed) => {
		const [problem, ...more] = fields({ sessionName });
		expect(more).toEqual([]);
		expect(problem).toMatchObject({ field: 'sessionName', fix: `Use "${proposed}", for example.` });
		expect(fields({ sessionName: proposed })).toEqual([]);
	});

	it('a name of signs alone gets an example', () => {
		expect(fields({ sessionName: '!!!' })[0]!.fix).toBe('Enter a name such as "atendimento".');
	});

	it.each([['curta'], ['a'.repeat(30)], ['1234123412341234123412']])('the key "%s" is too weak', (sessionKey) => {
		expect(fields({ sessionKey })).toEqual([
			expect.objectContaining({ field: 'sessionKey', fix: expect.stringContaining('openssl rand -base64 32') }),
		]);
	});

	it('everything that is missing is told at once', () => {
		expect(linkedDeviceProblems({}).map(({ field }) => field)).toEqual(['sessionName', 'sessionKey']);
	});

	it('a key does not follow itself', () => {
		expect(fields({ previousSessionKey: KEY })).toEqual([expect.objectContaining({ field: 'previousSessionKey' })]);
		expect(fields({ previousSessionKey: 'antiga' })).toEqual([]);
	});

	it('is tidied, or refused with the name of the field', () => {
		const given = { sessionName: ' atendimento ', sessionKey: ` ${KEY}\n`, previousSessionKey: ' ' };
		expect(tidyLinkedDevice(given)).toEqual({ sessionName: 'atendimento', sessionKey: KEY });
		expect(tidyLinkedDevice({ ...given, previousSessionKey: 'antiga' })).toMatchObject({
			previousSessionKey: 'antiga',
		});
		expect(() => tidyLinkedDevice({ sessionName: 'a b' })).toThrow('"Session Name" cannot be used.');
	});

	it('is another one for its secrets only when a key changed', () => {
		const one = { sessionName: 'atendimento', sessionKey: KEY };
		expect(haveSameKeys(one, { ...one, previousSessionKey: '' })).toBe(true);
		expect(haveSameKeys(one, { ...one, previousSessionKey: 'antiga' })).toBe(false);
		expect(haveSameKeys(one, { ...one, sessionKey: `${KEY}2` })).toBe(false);
	});
});
