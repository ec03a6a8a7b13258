import { decodeBody, listAt, objectAt, parseBody, valueAt } from '../../../../engine/erp/body';

describe('parseBody', () => {
	it.each([
		['', 'the body is empty; a JSON object is expected'],
		[' \n', 'the body is empty; a JSON object is expected'],
		['{"a":', 'the body is not valid JSON'],
		['<?xml version="1.0"?><a/>', 'the body is not valid JSON (it looks like XML: set the sender to JSON)'],
		['[1]', 'the body is not a JSON object'],
		['null', 'the body is not a JSON object'],
		['7', 'the body is not a JSON object'],
	])('says what is wrong with %p', (body, reason) => {
		expect(parseBody(Buffer.from(body))).toEqual({ ok: false, reason });
	});

	it('reads UTF-8 with a byte order mark', () => {
		expect(parseBody(Buffer.from('\ufeff{"a":"ção"}'))).toEqual({ ok: true, value: { a: 'ção' } });
	});

	it('reads the Windows-1252 of old ERPs', () => {
		expect(parseBody(Buffer.from('{"a":"Situação"}', 'latin1'))).toEqual({ ok: true, value: { a: 'Situação' } });
	});
});

describe('the text of a body that is cut', () => {
	it('leaves out the character that is cut in two', () => {
		expect(decodeBody(Buffer.from('cação'), 3)).toBe('ca');
		expect(decodeBody(Buffer.from('cação'), 4)).toBe('caç');
	});

	it('goes by the encoding of the whole', () => {
		expect(decodeBody(Buffer.from('aviso crítica', 'latin1'), 5)).toBe('aviso');
		expect(decodeBody(Buffer.from('crítica', 'latin1'), 3)).toBe('crí');
	});
});

describe('reaching into a body', () => {
	const body = { pix: [{ valor: '1.00', pagador: { nome: 'Ana' } }], one: { a: 1 } };

	it('follows dotted paths with list positions', () => {
		expect(valueAt(body, 'pix[0].pagador.nome')).toBe('Ana');
		expect(valueAt(body, 'pix.0.valor')).toBe('1.00');
		expect(valueAt(body, 'pix[1].valor')).toBeUndefined();
		expect(valueAt(body, 'one.a.b')).toBeUndefined();
	});

	it('reaches nothing that the body does not own', () => {
		expect(valueAt(body, 'constructor.name')).toBeUndefined();
		expect(valueAt(body, '__proto__')).toBeUndefined();
		expect(valueAt(body, 'one.toString')).toBeUndefined();
	});

	it('takes one object for a list of one', () => {
		expect(listAt(body, 'one')).toEqual([{ a: 1 }]);
		expect(listAt(body, 'none')).toEqual([]);
		expect(objectAt(body, 'pix')).toEqual({});
	});
});
