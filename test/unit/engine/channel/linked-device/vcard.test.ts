import fc from 'fast-check';
import { readVcard, writeVcard } from '../../../../../engine/channel/linked-device/vcard';

describe('contact cards', () => {
	it('are version 3.0, with the number WhatsApp knows beside the one people read', () => {
		const card = { name: 'Ana Souza', phones: [{ phone: '+55 (11) 98765-4321' }], organization: 'Aurora' };
		expect(writeVcard(card)).toBe(
			[
				...['BEGIN:VCARD', 'VERSION:3.0', 'N:;Ana Souza;;;', 'FN:Ana Souza', 'ORG:Aurora;'],
				...['TEL;type=CELL;waid=5511987654321:+55 (11) 98765-4321', 'END:VCARD'],
			].join('\n'),
		);
	});

	it('read back as they were, whatever people put into a name', () => {
		const text = fc
			.string({ unit: 'grapheme', minLength: 1 })
			.map((each) => each.trim().replace(/[\p{Cc}\u2028\u2029]/gu, ''));
		fc.assert(
			fc.property(text, text, (name, organization) => {
				fc.pre(name !== '');
				const read = readVcard(writeVcard({ name, phones: [{ phone: '+5511987654321' }], organization }), '');
				expect(read.name.formatted_name).toBe(name.trim());
				expect(read.org?.company ?? '').toBe(organization.trim());
				expect(read.phones).toEqual([{ phone: '+5511987654321', type: 'CELL', wa_id: '5511987654321' }]);
			}),
			{ numRuns: 500 },
		);
	});

	it('cannot be made to hold a line of somebody’s own', () => {
		const forged = { name: 'Ana\nTEL:+5511900000000', phones: [{ phone: '1\r\nTEL:2', type: 'x:y\nTEL' }] };
		const written = writeVcard(forged).split('\n');
		expect(written.filter((line) => line.startsWith('TEL'))).toHaveLength(1);
		expect(written).toHaveLength(6);
	});

	it('are read as phones write them: folded, grouped, with older ends of lines', () => {
		const vcard = 'BEGIN:VCARD\r\nFN:Bruno\r\n  Lima\r\nitem1.TEL;waid=5511912345678:+55 11 91234-5678\r\nEND:VCARD';
		expect(readVcard(vcard, 'B.')).toEqual({
			name: { formatted_name: 'Bruno Lima' },
			phones: [{ phone: '+55 11 91234-5678', wa_id: '5511912345678' }],
		});
	});
});
