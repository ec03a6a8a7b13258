import {
	isOwn,
	lidOf,
	personJid,
	phoneDigitsOf,
	phoneJid,
	readJid,
} from '../../../../../engine/channel/linked-device/jids';

describe('taking a JID apart', () => {
	it.each([
		['5511987654321@s.whatsapp.net', '5511987654321@s.whatsapp.net'],
		['5511987654321:12@s.whatsapp.net', '5511987654321@s.whatsapp.net'],
		['5511987654321_1:12@s.whatsapp.net', '5511987654321@s.whatsapp.net'],
		['5511987654321@c.us', '5511987654321@s.whatsapp.net'],
		['5511987654321:99@hosted', '5511987654321@s.whatsapp.net'],
		['91370000111122:3@lid', '91370000111122@lid'],
		['91370000111122:99@hosted.lid', '91370000111122@lid'],
		['120363000000000000@g.us', null],
		['status@broadcast', null],
		['5511987654321@broadcast', null],
		['120363000000000000@newsletter', null],
		['867051314767696@bot', null],
		['0@s.whatsapp.net', null],
		['13135550002@s.whatsapp.net', null],
		['5511987654321', null],
		['@lid', null],
		['a@b@lid', null],
		['', null],
		[null, null],
		[{ user: '1' }, null],
	])('%p is the person %p (D-17)', (text, person) => {
		expect(personJid(text)).toBe(person);
	});

	it('never takes the digits of a LID for a phone (D-04)', () => {
		expect(phoneDigitsOf('5511987654321@lid')).toBeNull();
		expect(lidOf('5511987654321@lid')).toBe('5511987654321@lid');
		expect(lidOf('5511987654321@s.whatsapp.net')).toBeNull();
		expect(phoneDigitsOf(phoneJid('5511987654321'))).toBe('5511987654321');
	});

	it('tells the device of a person', () => {
		expect(readJid('5511987654321:12@s.whatsapp.net')).toEqual({
			user: '5511987654321',
			server: 's.whatsapp.net',
			device: 12,
		});
	});

	it('knows the own account by number and LID, on any device', () => {
		const own = { jid: '551130001000:7@s.whatsapp.net', lid: '77001122334455:7@lid' };
		expect(isOwn('551130001000@s.whatsapp.net', own)).toBe(true);
		expect(isOwn('77001122334455:2@lid', own)).toBe(true);
		expect(isOwn('551130001000@lid', own)).toBe(false);
		expect(isOwn('551130001000@s.whatsapp.net', null)).toBe(false);
		expect(isOwn('status@broadcast', { jid: 'status@broadcast', lid: null })).toBe(false);
	});
});
