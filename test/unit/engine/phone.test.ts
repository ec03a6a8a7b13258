import fc from 'fast-check';
import { formatPhone, normalizePhone, phoneVariants, ufOfPhone, zoneOfPhone } from '../../../engine/phone';
import type { PhoneSource } from '../../../engine/phone';
import { UF_OF_DDD, zonesOfDdd } from '../../../engine/phone-ddd';

const e164 = (input: string, source?: PhoneSource) => {
	const result = normalizePhone(input, { source });
	return result.ok ? result.e164 : result.reason;
};

type Vector = [input: string, expected: string, source?: PhoneSource];
const withSource = (rows: Vector[]) =>
	rows.map(([input, expected, source = 'typed']) => [input, expected, source] as const);

describe('normalizePhone', () => {
	it.each(
		withSource([
			['+55 11 98765-4321', '+5511987654321'],
			['5511987654321', '+5511987654321'],
			['(11) 98765-4321', '+5511987654321'],
			['11987654321', '+5511987654321'],
			['0 11 98765-4321', '+5511987654321'],
			['551187654321', '+5511987654321'],
			['553196883193', '+5531996883193', 'waId'],
			['5531996883193', '+5531996883193', 'waId'],
			['552164180266', '+5521964180266', 'waId'],
			['5521964180266', '+5521964180266', 'waId'],
			['+55 11 3256-7890', '+551132567890'],
			['1132567890', '+551132567890'],
			['+55 11 93256-7890', '+5511932567890'],
			['55999887766', '+5555999887766'],
			['5555999887766', '+5555999887766'],
			['0xx11987654321', '+5511987654321'],
			['+55 20 98765-4321', 'unassignedDdd'],
			['+55 00 98765-4321', 'unassignedDdd'],
			['+55 11 98765-432', 'ambiguous'],
			['+55 11 98765-432', '+5511998765432', 'register'],
			['551198765432', '+5511998765432', 'waId'],
			['0800 123 4567', 'notMessageable'],
		]),
	)('reads %s as %s from %s (X-12, D-06)', (input, expected, source) => {
		expect(e164(input, source)).toBe(expected);
	});

	it.each(
		withSource([
			['(0xx11) 98765-4321', '+5511987654321'],
			['0 21 11 98765-4321', '+5511987654321'],
			['0 15 11 3256-7890', '+551132567890'],
			['055 999887766', '+5555999887766'],
			['0055 11 98765-4321', '+5511987654321'],
			['+55 (011) 98765-4321', '+5511987654321'],
			['55 011 98765-4321', '+5511987654321'],
			['\u202a+55\u00a011\u00a098765\u201143\u200b21\u202c', '+5511987654321'],
			['１１９８７６５４３２１', '+5511987654321'],
			['tel: 11 98765-4321', '+5511987654321'],
			['whatsapp:+5511987654321', '+5511987654321'],
			['11/98765.4321', '+5511987654321'],
			['', 'empty'],
			['  \u200b ', 'empty'],
			['Não possui', 'invalid'],
			['98765-4321', 'invalid'],
			['+', 'invalid'],
			['11 68765-4321', 'invalid'],
			['11 1256-7890', 'invalid'],
			['4004-1234', 'notMessageable'],
			['+55 800 123 4567', 'notMessageable'],
			['11 4004-4828', '+551140044828'],
			['11 98765-4321 / 11 3256-7890', 'ambiguous'],
			['11 98765-4321 ou 11 3256-7890', 'ambiguous'],
			['+351 912 345 678', '+351912345678'],
			['351912345678', 'ambiguous'],
			['351912345678', '+351912345678', 'register'],
			['351912345678', '+351912345678', 'waId'],
			['12025550123', '+12025550123', 'waId'],
			['+1 999 999 9999', 'invalid'],
			['19999999999', '+19999999999', 'waId'],
			['5511987654', 'invalid', 'waId'],
		]),
	)('reads %j as %s from %s in the odd shapes people and registers write', (input, expected, source) => {
		expect(e164(input, source)).toBe(expected);
	});

	it('tells what the number is', () => {
		expect(normalizePhone('5511987654321', { source: 'waId' })).toEqual({
			ok: true,
			e164: '+5511987654321',
			kind: 'mobile',
			ddd: '11',
		});
		expect(normalizePhone('+55 11 3256-7890')).toMatchObject({ kind: 'landline', ddd: '11' });
		expect(normalizePhone('+351 912 345 678')).toEqual({
			ok: true,
			e164: '+351912345678',
			kind: 'foreign',
			ddd: null,
		});
	});

	it('accepts nine digits starting with 7 or 8 with a warning: reserved to mobiles, not in use', () => {
		expect(normalizePhone('+55 11 88765-4321')).toEqual({
			ok: true,
			e164: '+5511887654321',
			kind: 'mobile',
			ddd: '11',
			warning: 'Celulares de 9 dígitos começam com 9; confira o número (11) 887654321.',
		});
	});

	it('says in Portuguese what is wrong, with an example', () => {
		expect(normalizePhone('+55 20 98765-4321')).toEqual({
			ok: false,
			reason: 'unassignedDdd',
			message: 'O DDD 20 não existe. Exemplo: +55 11 99999-9999.',
		});
		expect(normalizePhone('98765-4321')).toMatchObject({
			message: 'Falta o DDD no telefone "987654321". Exemplo: +55 11 99999-9999.',
		});
	});

	it('keeps a landline and the mobile that ends like it apart', () => {
		expect(e164('+55 11 93256-7890')).not.toBe(e164('+55 11 3256-7890'));
	});

	const ddd = fc.constantFrom(...UF_OF_DDD.keys());
	const digitsOf = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
	const mobile = fc.tuple(ddd, digitsOf(8)).map(([area, rest]) => `+55${area}9${rest}`);
	const oldMobile = fc
		.tuple(ddd, fc.constantFrom('6', '7', '8', '9'), digitsOf(7))
		.map(([area, first, rest]) => ({ waId: `55${area}${first}${rest}`, e164: `+55${area}9${first}${rest}` }));
	const source = fc.constantFrom<PhoneSource>('waId', 'register', 'typed');

	it('gives every canonical mobile back unchanged, from any source', () => {
		fc.assert(fc.property(mobile, source, (phone, from) => e164(phone, from) === phone));
		fc.assert(fc.property(mobile, source, (phone, from) => e164(phone.slice(1), from) === phone));
	});

	it('joins both wa_id forms of an old mobile, and lists both for matching (D-06)', () => {
		fc.assert(
			fc.property(oldMobile, (line) => {
				expect(e164(line.waId, 'waId')).toBe(line.e164);
				expect(phoneVariants(line.e164).toSorted()).toEqual([line.waId, line.e164.slice(1)].toSorted());
			}),
		);
	});

	it('maps every variant back to the number it came from', () => {
		fc.assert(
			fc.property(mobile, (phone) => {
				for (const variant of phoneVariants(phone)) expect(e164(variant, 'waId')).toBe(phone);
			}),
		);
	});

	it('never throws and never returns something that is not E.164', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+\d ()x/-]{0,25}$/)),
				source,
				(text, from) => {
					const result = normalizePhone(text, { source: from });
					if (result.ok) expect(result.e164).toMatch(/^\+[1-9]\d{6,14}$/);
					else expect(result.message).not.toBe('');
				},
			),
		);
	});
});

describe('phoneVariants', () => {
	it('puts the form with the ninth digit first in DDDs 11–28 and the older one first elsewhere (D-06)', () => {
		expect(phoneVariants('+5511987654321')).toEqual(['5511987654321', '551187654321']);
		expect(phoneVariants('+5531996883193')).toEqual(['553196883193', '5531996883193']);
	});

	it('has one form for landlines, foreign numbers and mobiles that never existed without the 9', () => {
		expect(phoneVariants('+551132567890')).toEqual(['551132567890']);
		expect(phoneVariants('+5511932567890')).toEqual(['5511932567890']);
		expect(phoneVariants('+351912345678')).toEqual(['351912345678']);
	});
});

describe('formatPhone', () => {
	it('writes numbers in international style (B-15)', () => {
		expect(formatPhone('+5511999999999')).toBe('+55 11 99999-9999');
		expect(formatPhone('+551132567890')).toBe('+55 11 3256-7890');
		expect(formatPhone('+351912345678')).toBe('+351 912 345 678');
		expect(formatPhone('BR.123')).toBe('BR.123');
	});
});

describe('where a phone is', () => {
	it('knows the 67 assigned DDDs', () => {
		expect(UF_OF_DDD.size).toBe(67);
	});

	it.each([
		['+5511987654321', 'SP', 'America/Sao_Paulo'],
		['+5592987654321', 'AM', 'America/Manaus'],
		['+5568987654321', 'AC', 'America/Rio_Branco'],
		['+5565987654321', 'MT', 'America/Cuiaba'],
		['+5567987654321', 'MS', 'America/Campo_Grande'],
		['+5569987654321', 'RO', 'America/Porto_Velho'],
		['+5595987654321', 'RR', 'America/Boa_Vista'],
	])('places %s in %s, %s', (phone, uf, zone) => {
		expect(ufOfPhone(phone)).toBe(uf);
		expect(zoneOfPhone(phone)).toBe(zone);
	});

	it('names both clocks of DDD 97 and none for foreign numbers', () => {
		expect(zonesOfDdd('97')).toEqual(['America/Manaus', 'America/Eirunepe']);
		expect(zoneOfPhone('+351912345678')).toBeNull();
		expect(ufOfPhone('+351912345678')).toBeNull();
	});
});

it('does not load the foreign tables for Brazilian numbers', () => {
	jest.isolateModules(() => {
		const phone = require('../../../engine/phone') as typeof import('../../../engine/phone');
		const loaded = jest.fn();
		jest.doMock('libphonenumber-js/max', () => {
			loaded();
			return jest.requireActual('libphonenumber-js/max');
		});
		phone.normalizePhone('+55 11 98765-4321');
		phone.formatPhone('+5511987654321');
		expect(loaded).not.toHaveBeenCalled();
		phone.normalizePhone('+351 912 345 678');
		expect(loaded).toHaveBeenCalledTimes(1);
	});
});
